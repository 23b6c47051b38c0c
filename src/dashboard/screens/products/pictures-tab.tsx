import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ArrowLeft, ArrowRight, Trash2 } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import {
  addPicture,
  orderPictures,
  productQuery,
  removePicture,
  type Picture,
  type Product,
} from '../../api/catalog.ts'
import { startUpload } from '../../api/uploads.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { Badge, ProblemNotice } from '../../ui/show.tsx'
import { DropFiles, UploadList } from '../../ui/upload-list.tsx'

const accepted = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif']
const lookAgainMs = 1_500

/** The cover and the other pictures of a product; the first is the cover. */
export function PicturesTab({ product }: { product: Product }): ReactNode {
  const { t } = usePerson()
  const queries = useQueryClient()
  const { queryKey } = productQuery(product.id)
  const refresh = () => queries.invalidateQueries({ queryKey })
  const { pictures } = product
  const pending = pictures.some(({ status }) => status === 'pending')
  useEffect(() => {
    // Sizes are made in the background; they show up by themselves.
    if (!pending) return undefined
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey }), lookAgainMs)
    return () => clearInterval(timer)
  }, [pending, queries, queryKey])
  const place = `pictures of ${product.id}`
  const send = (files: File[]) => {
    for (const file of files)
      void startUpload({
        place,
        file,
        onDone: (fileId) => addPicture(product.id, fileId).then(refresh),
      })
  }
  const ordering = useMutation({
    mutationFn: (ids: string[]) => orderPictures(product.id, ids),
    onSettled: refresh,
  })
  const removing = useMutation({
    mutationFn: (id: string) => removePicture(product.id, id),
    onSettled: refresh,
  })
  const move = (from: number, to: number) => {
    const ids = pictures.map(({ id }) => id)
    const [moved] = ids.splice(from, 1)
    if (moved !== undefined) ordering.mutate(ids.toSpliced(to, 0, moved))
  }
  return (
    <Card title={t('pictures.title')}>
      <p className="muted">{t('pictures.lead')}</p>
      <ProblemNotice error={ordering.error ?? removing.error} />
      {pictures.length > 0 && (
        <ul className="pictures">
          {pictures.map((picture, at) => (
            <li key={picture.id}>
              <Shot picture={picture} number={at + 1} />
              <div className="row">
                <Button
                  small
                  look="quiet"
                  icon={ArrowLeft}
                  turn
                  label={t('pictures.earlier', { number: at + 1 })}
                  isDisabled={at === 0}
                  onPress={() => move(at, at - 1)}
                />
                {at === 0 ? <Badge tone="accent">{t('pictures.cover')}</Badge> : null}
                <Button
                  small
                  look="quiet"
                  icon={ArrowRight}
                  turn
                  label={t('pictures.later', { number: at + 1 })}
                  isDisabled={at === pictures.length - 1}
                  onPress={() => move(at, at + 1)}
                />
                <Button
                  small
                  look="quiet"
                  icon={Trash2}
                  label={t('pictures.remove', { number: at + 1 })}
                  onPress={() => removing.mutate(picture.id)}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
      <UploadList place={place} />
      {product.status !== 'archived' && (
        <DropFiles label={t('pictures.choose')} hint={t('pictures.hint')} accept={accepted} onFiles={send} />
      )}
    </Card>
  )
}

function Shot({ picture, number }: { picture: Picture; number: number }): ReactNode {
  const { t, pick } = usePerson()
  const shown =
    picture.renditions.find(({ format, width }) => format === 'webp' && width >= 300) ?? picture.renditions[0]
  if (picture.status === 'failed') return <span className="shot wrong">{t('pictures.failed')}</span>
  if (shown === undefined) return <span className="shot">{t('pictures.pending')}</span>
  return (
    <img
      className="shot"
      src={shown.url}
      alt={pick(picture.alt) || t('pictures.number', { number })}
      loading="lazy"
    />
  )
}
