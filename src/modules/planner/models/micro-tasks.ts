import { earning } from '../rules/engine/kernels/earning.ts'
import { flatShape } from '../rules/engine/shapes.ts'
import type { StreamModel } from './model.ts'
import { earningNumbers, giveUp, level, noise, shocks, single } from './parameters.ts'

/** Small tasks paid by the piece: what an hour brought to those who were watched, searching and refusals included. */
export const microTasks: StreamModel = {
  id: 'micro-tasks',
  family: 'work',
  parameters: [
    ...level({ median: 2, spread: 0.736 }, 'micro-tasks').map((one) =>
      one.name === 'level' ? { ...one, name: 'per-hour', unit: 'money-hour' as const } : one,
    ),
    { name: 'hours-a-month', unit: 'count', value: [30, 30], least: 0, most: 400, evidence: { kind: 'own' } },
    noise(0.4),
    ...shocks(0.3, 0.5),
    giveUp(0.3),
  ],
  usual: { outlay: 0, monthlyCost: 0, buildHours: 4, upkeepHours: 30, feeShare: 0 },
  machine: { kernel: earning },
  numbers: (read) => {
    const median = single(read, 'per-hour') * single(read, 'hours-a-month')
    return earningNumbers(read, {
      level: { low: median, high: median, spread: single(read, 'level-spread'), ticket: 0 },
    })
  },
  shape: (_read, { months, age }) => flatShape(months + age),
}
