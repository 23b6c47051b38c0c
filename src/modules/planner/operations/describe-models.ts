import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { hasMessage, t } from '../../../platform/i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import { STREAM_MODELS } from '../models/index.ts'
import type { Parameter, StreamModel } from '../models/model.ts'
import { SOURCES } from '../models/sources.ts'
import type { DescribedModel } from '../schema.ts'

/** Every model with its assumptions and their sources, in the caller's language. */
export function describeModels(ctx: Ctx): DescribedModel[] {
  authorise(ctx, 'planner:read')
  return STREAM_MODELS.map((model) => describeModel(model, ctx.locale))
}

function describeModel(model: StreamModel, locale: Locale): DescribedModel {
  const { id, family, usual, parameters } = model
  return {
    id,
    family,
    name: modelName(id, locale),
    lead: t(locale, `planner.model.${id}.lead`),
    limits: t(locale, `planner.model.${id}.limits`),
    bearsInterest: model.bearsInterest === true,
    usual,
    parameters: parameters.map((parameter) => describeParameter(id, parameter, locale)),
  }
}

/** What a model is called. */
export function modelName(id: string, locale: Locale): string {
  return t(locale, `planner.model.${id}.name`)
}

/** What an assumption is called; the same name means another thing in some models. */
export function parameterLabel(model: string, name: string, locale: Locale): string {
  const own = `planner.parameter-of.${model}.${name}.label`
  return t(locale, hasMessage(locale, own) ? own : `planner.parameter.${name}.label`)
}

function describeParameter(
  model: string,
  parameter: Parameter,
  locale: Locale,
): DescribedModel['parameters'][number] {
  const { name, unit, value, least, most, evidence } = parameter
  const own = `planner.parameter-of.${model}.${name}.note`
  const source = 'source' in evidence ? evidence.source : undefined
  return {
    name,
    label: parameterLabel(model, name, locale),
    unit,
    value: value === undefined ? null : [...value],
    least,
    most,
    isRange: parameter.isRange === true,
    evidence: evidence.kind,
    note: t(locale, hasMessage(locale, own) ? own : `planner.parameter.${name}.note`),
    source:
      source === undefined
        ? null
        : {
            title: t(locale, `planner.source.${source}.title`),
            ...SOURCES[source],
            survivorship: t(locale, `planner.source.${source}.survivorship`),
          },
  }
}
