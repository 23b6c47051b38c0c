import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { productQuery, updateProduct, type Product } from '../../api/catalog.ts'
import { startUpload } from '../../api/uploads.ts'
import { usePerson } from '../../text/person.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice, Said } from '../../ui/show.tsx'
import { DropFiles, UploadList } from '../../ui/upload-list.tsx'

/** A file that anybody may have before they buy: saved at once, as files are. */
export function SampleCard({ product }: { product: Product }): ReactNode {
  const { t, bytes } = usePerson()
  const queries = useQueryClient()
  const keep = (after: Product) => queries.setQueryData(productQuery(product.id).queryKey, after)
  const place = `sample of ${product.id}`
  const removing = useMutation({
    mutationFn: () => updateProduct(product, { sampleFileId: null }),
    onSuccess: keep,
  })
  const send = ([file]: File[]) => {
    if (file !== undefined)
      void startUpload({
        place,
        file,
        onDone: async (sampleFileId) => void keep(await updateProduct(product, { sampleFileId })),
      })
  }
  const { sample } = product
  return (
    <Card title={t('products.sample')}>
      <p className="muted">{t('products.sample-lead')}</p>
      <ProblemNotice error={removing.error} />
      {sample !== null && (
        <p className="row between">
          <span>
            <Said>{sample.name}</Said> <span className="muted">{bytes(sample.sizeBytes)}</span>
          </span>
          <Button small look="quiet" icon={Trash2} onPress={() => removing.mutate()}>
            {t('products.sample-remove')}
          </Button>
        </p>
      )}
      <UploadList place={place} />
      {product.status !== 'archived' && (
        <DropFiles label={t('products.sample-choose')} hint={t('products.sample-hint')} onFiles={send} />
      )}
    </Card>
  )
}
