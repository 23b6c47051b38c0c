import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { eraseAssessment, type Assessment } from '../../../api/assessment.ts'
import { useText } from '../../../text/person.tsx'
import { Button, buttonClass } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { Card } from '../../../ui/page.tsx'
import { ProblemNotice } from '../../../ui/show.tsx'
import { answerText } from './answer-text.ts'

/** Everything is answered: the way to the advice, and every answer to be changed. */
export function Done(props: {
  questions: Assessment['questions']
  onChange: (question: string) => void
}): ReactNode {
  const { questions, onChange } = props
  const t = useText()
  return (
    <>
      <Card title={t('assessment.done')}>
        <p className="prose">{t('assessment.done-lead')}</p>
        <div className="row">
          <Link to="/plan/advice" className={buttonClass('primary')}>
            {t('assessment.see-advice')}
          </Link>
        </div>
      </Card>
      <Card title={t('assessment.your-answers')} actions={<Erase />}>
        <dl className="answers">
          {questions.map((question) => (
            <div key={question.id}>
              <dt>{question.text}</dt>
              <dd>
                <strong>{answerText(question)}</strong>
                <Button
                  small
                  look="quiet"
                  onPress={() => onChange(question.id)}
                  aria-describedby={`answer-${question.id}`}
                >
                  {t('assessment.change')}
                  <span className="hide" id={`answer-${question.id}`}>
                    {question.text}
                  </span>
                </Button>
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </>
  )
}

function Erase(): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const erasing = useMutation({
    mutationFn: eraseAssessment,
    onSuccess: async () => {
      setAsking(false)
      queries.removeQueries({ queryKey: ['advice'] })
      await queries.invalidateQueries({ queryKey: ['assessment'] })
    },
  })
  return (
    <>
      <Button small look="quiet" onPress={() => setAsking(true)}>
        {t('assessment.erase')}
      </Button>
      <Confirm
        title={t('assessment.erase')}
        action={t('assessment.erase-yes')}
        isOpen={asking}
        isPending={erasing.isPending}
        onConfirm={() => erasing.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t('assessment.erase-detail')}</p>
        <ProblemNotice error={erasing.error} />
      </Confirm>
    </>
  )
}
