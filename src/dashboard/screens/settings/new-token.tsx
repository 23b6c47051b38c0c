import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Form } from 'react-aria-components'
import { wrongAt } from '../../api/errors-of.ts'
import { useSession } from '../../api/session.ts'
import { createToken, type Right } from '../../api/workspaces.ts'
import { useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'
import { DraftGuard } from '../../ui/unsaved.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { CopiedSecret } from './copied-secret.tsx'

const lives = ['30', '90', '365', 'never'] as const
const dayMs = 86_400_000

type Wish = { name: string; rights: Right[]; life: (typeof lives)[number] }

const blank: Wish = { name: '', rights: [], life: '90' }

/** Makes a token and shows its secret, this once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const own = useSession().current?.rights ?? []
  const draft = useDraft(blank, 'new-token')
  const { name, rights, life } = draft.value
  const making = useMutation({
    mutationFn: () =>
      createToken({
        name,
        rights,
        ...(life === 'never' ? {} : { expiresAt: new Date(Date.now() + Number(life) * dayMs).toISOString() }),
      }),
    onSuccess: () => {
      draft.reset()
      return queries.invalidateQueries({ queryKey: ['tokens'] })
    },
  })
  if (making.data !== undefined) return <MadeToken token={making.data.token} onClose={onClose} />
  return (
    <Dialog title={t('settings.tokens.make')} isOpen onClose={onClose} wide>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <DraftGuard draft={draft} isSent={making.isPending || making.isSuccess} />
        <TextField
          label={t('settings.tokens.name')}
          hint={t('settings.tokens.name-hint')}
          isRequired
          maxLength={80}
          value={name}
          onChange={(text) => draft.change({ name: text })}
          wrong={wrongAt(making.error, '/name')}
        />
        <fieldset className="group">
          <legend>{t('settings.tokens.rights')}</legend>
          <div className="columns" style={{ gap: 'var(--s1) var(--s4)' }}>
            {own.map((right) => (
              <Checkbox
                key={right}
                isSelected={rights.includes(right)}
                onChange={(on) =>
                  draft.change({
                    rights: on ? [...rights, right] : rights.filter((other) => other !== right),
                  })
                }
              >
                {t(`rights.${right}`)}
              </Checkbox>
            ))}
          </div>
        </fieldset>
        <Select
          label={t('settings.tokens.life')}
          choices={lives.map((id) => ({ id, label: t(`settings.tokens.lives.${id}`) }))}
          value={life}
          onChange={(id) => draft.change({ life: id })}
        />
        <ProblemNotice error={making.error} />
        <div className="actions">
          <Button onPress={onClose}>{t('common.action.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            isPending={making.isPending}
            isDisabled={rights.length === 0 || name.trim() === ''}
          >
            {t('settings.tokens.make')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

function MadeToken({ token, onClose }: { token: string; onClose: () => void }): ReactNode {
  const t = useText()
  return (
    <Dialog title={t('settings.tokens.made')} isOpen onClose={onClose}>
      <Notice tone="warm">{t('settings.tokens.once')}</Notice>
      <CopiedSecret
        label={t('settings.tokens.secret')}
        value={token}
        done={t('settings.tokens.kept')}
        onDone={onClose}
      />
    </Dialog>
  )
}
