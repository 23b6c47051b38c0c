import { useMutation } from '@tanstack/react-query'
import { FileDown, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { isProblem, type RequestOptions } from '../api/client.ts'
import { downloadFile } from '../api/download.ts'
import { useText } from '../text/person.tsx'
import { Button, type ButtonLook } from './button.tsx'
import { useNotify } from './toasts.tsx'

/** Keeps a file of the API: an invoice, a report, the books. */
export function FileButton(props: {
  path: string
  name: string
  query?: RequestOptions['query']
  look?: ButtonLook
  icon?: LucideIcon
  children: ReactNode
}): ReactNode {
  const { path, name, query, look = 'plain', icon = FileDown, children } = props
  const t = useText()
  const notify = useNotify()
  const fetching = useMutation({
    mutationFn: () => downloadFile(path, name, query),
    onError: (error) => notify(isProblem(error) ? error.problem.title : t('problem.no-answer')),
  })
  return (
    <Button small look={look} icon={icon} isPending={fetching.isPending} onPress={() => fetching.mutate()}>
      {children}
    </Button>
  )
}
