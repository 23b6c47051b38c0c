import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, type ReactNode } from 'react'
import { assessmentQuery, settleContradiction, type Assessment } from '../../../api/assessment.ts'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'
import { answerText } from './answer-text.ts'

/** Two answers that hardly hold together: kindly, both are shown once more. */
export function AskedAgain(props: {
  contradiction: Assessment['contradictions'][number]
  questions: Assessment['questions']
  onChange: (question: string) => void
}): ReactNode {
  const { contradiction, questions, onChange } = props
  const { t, locale } = usePerson()
  const queries = useQueryClient()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const settling = useMutation({
    mutationFn: () => settleContradiction(contradiction.id),
    onSuccess: (after) => queries.setQueryData(assessmentQuery(locale).queryKey, after),
  })
  return (
    <section className="card question">
      <h2 ref={heading} tabIndex={-1}>
        {t('assessment.again')}
      </h2>
      <p className="prose">{contradiction.text}</p>
      <dl className="answers">
        {questions
          .filter(({ id }) => contradiction.questions.includes(id))
          .map((question) => (
            <div key={question.id}>
              <dt>{question.text}</dt>
              <dd>
                <strong>{answerText(question)}</strong>
                <Button small onPress={() => onChange(question.id)}>
                  {t('assessment.change')}
                </Button>
              </dd>
            </div>
          ))}
      </dl>
      <ProblemNotice error={settling.error} />
      <div className="row">
        <Button isPending={settling.isPending} onPress={() => settling.mutate()}>
          {t('assessment.both-true')}
        </Button>
      </div>
    </section>
  )
}
