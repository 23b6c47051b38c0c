import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { answerQuestion, assessmentQuery, type Answer, type Assessment } from '../../../api/assessment.ts'
import { useRight } from '../../../api/session.ts'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/page.tsx'
import { Empty, Ghost, ProblemNotice } from '../../../ui/show.tsx'
import { AskedAgain } from './asked-again.tsx'
import { QuestionCard } from './question-card.tsx'
import { Done } from './done.tsx'

/** The conversation: a question at a time, kept as it goes, to be left and come back to. */
export function AssessmentScreen(): ReactNode {
  const { locale } = usePerson()
  const found = useQuery(assessmentQuery(locale))
  if (found.isPending) return <Ghost lines={6} />
  if (found.error !== null) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  return <Conversation assessment={found.data} />
}

function Conversation({ assessment }: { assessment: Assessment }): ReactNode {
  const { questions, next, contradictions } = assessment
  const { q } = useSearch({ from: '/inside/plan-frame/plan/assessment' })
  const navigate = useNavigate({ from: '/plan/assessment' })
  const { saving, save } = useSaving()
  const at = questions.findIndex(({ id }) => id === q)
  const question = questions[at]
  const goTo = (id: string | undefined) => void navigate({ search: id === undefined ? {} : { q: id } })
  if (question !== undefined)
    return (
      <QuestionCard
        key={question.id}
        question={question}
        place={{ at, of: questions.length, minutesLeft: assessment.minutesLeft }}
        saved={{ isPending: saving.isPending, error: saving.error }}
        onAnswer={(answer) => save(question.id, answer)}
        onBack={() => goTo(questions[at - 1]?.id)}
        onNext={() => goTo(questions[at + 1]?.id)}
      />
    )
  if (next !== null) return <Begin assessment={assessment} onGo={() => goTo(next)} />
  const [contradiction] = contradictions
  if (contradiction !== undefined)
    return (
      <AskedAgain
        key={contradiction.id}
        contradiction={contradiction}
        questions={questions}
        onChange={goTo}
      />
    )
  return <Done questions={questions} onChange={goTo} />
}

/** Saves one after the other, so that the last answer is the one that stays; it shows at once. */
function useSaving() {
  const queries = useQueryClient()
  const { locale } = usePerson()
  const { queryKey } = assessmentQuery(locale)
  const saving = useMutation({
    scope: { id: 'assessment' },
    mutationFn: ({ question, answer }: { question: string; answer: Answer }) =>
      answerQuestion(question, answer),
    onMutate: ({ question, answer }) =>
      queries.setQueryData(queryKey, (before) =>
        before === undefined
          ? before
          : {
              ...before,
              questions: before.questions.map((one) => (one.id === question ? { ...one, answer } : one)),
            },
      ),
    onSuccess: (after) => {
      if (queries.isMutating({ mutationKey: ['assessment'] }) <= 1) queries.setQueryData(queryKey, after)
    },
    mutationKey: ['assessment'],
    onError: () => queries.invalidateQueries({ queryKey }),
    onSettled: () => queries.removeQueries({ queryKey: ['advice'] }),
  })
  return { saving, save: (question: string, answer: Answer) => saving.mutate({ question, answer }) }
}

function Begin({ assessment, onGo }: { assessment: Assessment; onGo: () => void }): ReactNode {
  const { t } = usePerson()
  const mayWrite = useRight('planner:write')
  const { answered, questions, minutesLeft } = assessment
  const go = mayWrite && (
    <Button look="primary" icon={ArrowRight} turn onPress={onGo}>
      {t(answered === 0 ? 'assessment.begin' : 'assessment.go-on')}
    </Button>
  )
  if (answered === 0)
    return (
      <Empty title={t('assessment.title')} action={go}>
        {t('assessment.lead', { minutes: minutesLeft, count: questions.length })}
      </Empty>
    )
  return (
    <Card title={t('assessment.welcome-back')} actions={go}>
      <p>{t('assessment.so-far', { answered, count: questions.length, minutes: minutesLeft })}</p>
    </Card>
  )
}
