import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Crown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSession } from '../../api/session.ts'
import {
  acceptOwnership,
  endOwnershipOffer,
  ownershipOffersQuery,
  type OwnershipOffer,
} from '../../api/team.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/show.tsx'
import { useNotify } from '../../ui/toasts.tsx'

/** Offers of ownership that wait for an answer, of the person or to them. */
export function OwnershipOffers(): ReactNode {
  const offers = useQuery(ownershipOffersQuery).data?.items ?? []
  const own = useSession().person.id
  return offers.map((offer) =>
    offer.to.userId === own ? (
      <OfferToMe key={offer.from.userId} offer={offer} />
    ) : (
      <OfferOfMine key={offer.from.userId} offer={offer} />
    ),
  )
}

function OfferToMe({ offer }: { offer: OwnershipOffer }): ReactNode {
  const { t, relative } = usePerson()
  const notify = useNotify()
  const queries = useQueryClient()
  const { userId, name } = offer.from
  const refresh = () => queries.invalidateQueries()
  const accepting = useMutation({
    mutationFn: () => acceptOwnership(userId),
    onSuccess: async () => {
      notify(t('settings.me.now-owner'))
      await refresh()
    },
  })
  const declining = useMutation({ mutationFn: () => endOwnershipOffer(userId), onSuccess: refresh })
  return (
    <Notice
      tone="accent"
      title={t(offer.shared ? 'settings.me.offer-to-you-shared' : 'settings.me.offer-to-you', { name })}
      action={
        <div className="row">
          <Button
            look="primary"
            icon={Crown}
            isPending={accepting.isPending}
            onPress={() => accepting.mutate()}
          >
            {t('settings.me.offer-accept')}
          </Button>
          <Button isPending={declining.isPending} onPress={() => declining.mutate()}>
            {t('settings.me.offer-decline')}
          </Button>
        </div>
      }
    >
      <p>{t('settings.me.offer-means', { when: relative(offer.expiresAt) })}</p>
      <ProblemNotice error={accepting.error ?? declining.error} />
    </Notice>
  )
}

function OfferOfMine({ offer }: { offer: OwnershipOffer }): ReactNode {
  const t = useText()
  const queries = useQueryClient()
  const withdrawing = useMutation({
    mutationFn: () => endOwnershipOffer(offer.from.userId),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['ownership-offers'] }),
  })
  return (
    <Notice
      title={t('settings.me.offer-from-you', { name: offer.to.name })}
      action={
        <div>
          <Button small isPending={withdrawing.isPending} onPress={() => withdrawing.mutate()}>
            {t('settings.me.offer-withdraw')}
          </Button>
        </div>
      }
    >
      <ProblemNotice error={withdrawing.error} />
    </Notice>
  )
}
