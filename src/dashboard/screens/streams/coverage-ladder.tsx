import type { ReactNode } from 'react'
import type { Coverage } from '../../api/coverage.ts'
import '../../styles/coverage.css'
import { usePerson } from '../../text/person.tsx'
import { ladderScale } from './coverage-scale.ts'
import { majorOf } from './major.ts'

/**
 * The ladder of living costs with what a bad, a usual and a good month pay of it. The same stands in the table below it,
 * so it is nothing for screen readers.
 */
export function CoverageLadder({ coverage }: { coverage: Coverage }): ReactNode {
  const { t, money, preferences } = usePerson()
  const { steps, markers, currency } = coverage
  const scale = ladderScale(steps.map(({ own }) => Number(own.amount)))
  return (
    <div className="ladder" aria-hidden>
      <div className="rungs">
        {steps.map(({ step, own }, nth) => {
          const { from, to } = scale.rungs[nth] ?? { from: 0, to: 0 }
          if (to === from) return null
          return (
            <div
              key={step}
              className="rung"
              style={{ insetBlockEnd: part(from), blockSize: part(to - from) }}
            >
              <span>{t(`coverage.step.${step}`)}</span>
              <bdi className="muted">{money(own)}</bdi>
            </div>
          )
        })}
        <div className="levels">
          {markers.map(({ name, net }) => (
            <div
              key={name}
              className={`level ${name}`}
              style={{ blockSize: part(scale.at(Number(net.amount))) }}
            />
          ))}
        </div>
      </div>
      <div className="feet">
        {markers.map(({ name, net }) => (
          <div key={name} className={`foot ${name}`}>
            <span>{t(`coverage.marker.${name}`)}</span>
            <bdi>{currency !== null && majorOf(Number(net.amount), currency, preferences)}</bdi>
          </div>
        ))}
      </div>
    </div>
  )
}

function part(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}
