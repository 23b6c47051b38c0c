import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { Answer, Assessment } from '../../../api/assessment.ts'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioChoice, SearchSelect, type Choice } from '../../../ui/choice-fields.tsx'
import { Checkbox } from '../../../ui/fields.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'

type Question = Assessment['questions'][number]

/** More choices than these are found by typing. */
const MOST_IN_SIGHT = 13

/** One question with its choices, the way back and on, and how far one is. */
export function QuestionCard(props: {
  question: Question
  place: { at: number; of: number; minutesLeft: number }
  saved: { isPending: boolean; error: unknown }
  onAnswer: (answer: Answer) => void
  onBack: () => void
  onNext: () => void
}): ReactNode {
  const { question, place, saved, onAnswer, onBack, onNext } = props
  const { t } = usePerson()
  const heading = useRef<HTMLHeadingElement>(null)
  // A new question: readers and keyboards go on from its words.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const isAnswered = question.answer !== null
  return (
    <Form
      className="card question"
      onSubmit={(event) => {
        event.preventDefault()
        if (isAnswered) onNext()
      }}
    >
      <Progress {...place} />
      <h2 ref={heading} tabIndex={-1} id="question">
        {question.text}
      </h2>
      {question.help !== null && <p className="muted prose">{question.help}</p>}
      <Choices question={question} onAnswer={onAnswer} />
      <ProblemNotice error={saved.error} />
      <div className="row between">
        <Button icon={ArrowLeft} turn onPress={onBack}>
          {t('assessment.back')}
        </Button>
        <output className="muted small">
          {saved.isPending
            ? t('assessment.saving')
            : isAnswered && saved.error === null && t('common.state.saved')}
        </output>
        <Button type="submit" look="primary" icon={ArrowRight} turn isDisabled={!isAnswered}>
          {t('assessment.next')}
        </Button>
      </div>
    </Form>
  )
}

function Progress({ at, of, minutesLeft }: { at: number; of: number; minutesLeft: number }): ReactNode {
  const { t } = usePerson()
  const words = t('assessment.progress', { at: at + 1, count: of, minutes: minutesLeft })
  return (
    <div className="stack tight">
      <span className="muted small">{words}</span>
      <progress className="progress" max={of} value={at + 1} aria-label={words} />
    </div>
  )
}

function Choices({
  question,
  onAnswer,
}: {
  question: Question
  onAnswer: (answer: Answer) => void
}): ReactNode {
  const { kind, text, options, answer } = question
  if (kind === 'set') return <Several question={question} onAnswer={onAnswer} />
  const choices = options.map(({ id, text: label }): Choice<string> => ({ id, label }))
  const value = typeof answer === 'string' ? answer : ''
  const label = <span className="hide">{text}</span>
  if (options.length > MOST_IN_SIGHT)
    return <SearchSelect label={label} choices={choices} value={value} onChange={onAnswer} />
  return <RadioChoice label={label} choices={choices} value={value} onChange={onAnswer} />
}

function Several({
  question,
  onAnswer,
}: {
  question: Question
  onAnswer: (answer: Answer) => void
}): ReactNode {
  const { t } = usePerson()
  const { options, text, answer } = question
  const chosen = typeof answer === 'string' || answer === null ? [] : answer
  const alone = options.filter((option) => option.alone).map(({ id }) => id)
  const change = (id: string, on: boolean) => {
    const others = alone.includes(id) ? [] : chosen.filter((one) => one !== id && !alone.includes(one))
    const after = on ? [...others, id] : chosen.filter((one) => one !== id)
    // Nothing chosen is no answer: the choice that says 'nothing' is.
    if (after.length > 0) onAnswer(after)
    else if (alone[0] !== undefined) onAnswer([alone[0]])
  }
  return (
    <fieldset className="group">
      <legend className="hide">{text}</legend>
      <div className="choices">
        {options.map(({ id, text: label, note, source }) => (
          <Checkbox
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(on) => change(id, on)}
            {...(note === null ? {} : { hint: source === null ? note : `${note} (${source})` })}
          >
            {label}
          </Checkbox>
        ))}
      </div>
      <p className="hint">{t('assessment.several')}</p>
    </fieldset>
  )
}
