import type { TicketDetails } from '../core/ticket';

/** What makes a request for a reset look like those that attackers make. A reason to look twice, never to refuse. */
export const riskFlags = [
  'urgency',
  'authority',
  'for_somebody_else',
  'wants_check_skipped',
  'repeated',
  'profile_changed',
  'name_with_instructions',
] as const;
export type RiskFlag = (typeof riskFlags)[number];

export interface RiskInput {
  details: Pick<TicketDetails, 'person' | 'words' | 'intent'>;
  /** When this person's requests before this one were opened, in milliseconds since 1970. */
  before: readonly number[];
  now: number;
  /** When their profile (e-mail, telephone, picture) was last changed, where the platform tells. */
  profileChangedAt?: number | null;
}

/** So many requests in this time are more than somebody who only lost a phone makes. */
const often = { requests: 2, withinMs: 7 * 24 * 60 * 60 * 1000 };
const recentMs = 7 * 24 * 60 * 60 * 1000;

const word = (...words: string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'iu');

/** Each in English, German, Spanish, French, Portuguese and Italian. */
const urgency = word(
  'urgent(?:ly)?|asap|a\\.s\\.a\\.p|immediately|right (?:now|away)|at once|emergency|hurry|no time|boarding|(?:my )?flight|deadline|in (?:\\d+|five|ten|a few) min(?:utes|s)?|before (?:the )?(?:meeting|board|call|demo)|quickly',
  'dringend|sofort|eilt|eilig|schnellstmöglich|notfall|umgehend|keine zeit|gleich boarding|flug(?:zeug)?',
  'urgente(?:mente)?|inmediatamente|de inmediato|ya mismo|emergencia|cuanto antes|embarcando|vuelo',
  'urgence|immédiatement|tout de suite|au plus vite|dépêche[rz]?|embarque|mon vol|pas le temps',
  'imediatamente|agora mesmo|emergência|o quanto antes|embarcando|meu voo',
  'urgentemente|subito|immediatamente|emergenza|il prima possibile|imbarc(?:o|ando)|mio volo',
);
const authority = word(
  'ceo|cfo|cto|ciso|coo|chairman|chief [\\p{L}]+ officer|board member|director|vice president|vp|executive|head of [\\p{L}]+|your (?:boss|manager)|on behalf of the (?:ceo|board|management)|auditors?|police|fbi|lawyers?|legal department',
  'geschäftsführ(?:er|erin|ung)|vorstand|chef(?:in)?|direktor(?:in)?|polizei|wirtschaftsprüfer|vorgesetzter?',
  'director(?:a)? general|gerente general|jefe|jefa|presidente|policía|auditor(?:a|es)?',
  'pdg|directeur|directrice|patron|président|police|auditeurs?',
  'diretor(?:a)?|chefe|presidente|polícia',
  'amministratore delegato|direttore|direttrice|capo|presidente|polizia',
);
const somebodyElse = word(
  "for (?:my|a|our|another|the) (?:colleague|coworker|co-worker|boss|manager|friend|wife|husband|team ?mate|employee|assistant|intern|client|customer|report|user|director|ceo|cfo)|on behalf of|somebody else(?:'s)?|someone else(?:'s)?|(?:his|her|their) (?:mfa|password|account|login|phone|device)|(?:my|a) (?:colleague|coworker|boss|manager|friend)(?:'s|s)? (?:mfa|password|account|login|phone|device|is|has|lost|needs|forgot|cannot|can't)|instead of (?:him|her|them)|i(?:'m| am) (?:asking|writing) for",
  'für (?:meine[nm]?|einen|eine|unsere[nm]?|den|die) (?:kolleg(?:en|in)|chef(?:in)?|vorgesetzten|mitarbeiter(?:in)?|freund(?:in)?|kunden)|im auftrag|im namen von|sein(?:e|en)? (?:passwort|mfa|konto)|ihr(?:e|en)? kolleg(?:en|in)',
  'para (?:mi|un|una|nuestro) (?:colega|compañer[oa]|jef[ea]|amig[oa]|client[ea])|en nombre de|de parte de',
  'pour (?:mon|ma|un|une|notre) (?:collègue|chef|patron|ami[e]?|client[e]?)|au nom de|de la part de',
  'para (?:meu|minha|um|uma|nosso) (?:colega|chefe|amig[oa]|cliente)|em nome de',
  "per (?:il mio|la mia|un|una|un[’']) ?(?:collega|capo|amic[oa]|cliente)|a nome di|per conto di",
);
const skipCheck = word(
  "(?:no need|skip|without|bypass|forget|ignore|don't (?:need|bother)|no time for|waive) (?:to |for |with )?(?:the |any |that |this )?(?:call(?:ing)?(?: me)?(?: back)?|verif(?:y|ication|ying)|identity|id|check(?:s|ing)?|approval|procedure|process|policy|rules?)|already (?:approved|verified|checked|cleared|ok(?:ay)?ed|said (?:ok|yes))|(?:admin|manager|boss|security|it|helpdesk) (?:has |already )*(?:approved|said (?:ok|yes|it(?:'s| is) (?:ok|fine))|ok(?:ay)?ed|cleared|agreed)|pre-?approved|(?:can't|cannot|can not|unable to|don't) (?:take|answer|pick up|be called|be reached|call)|do not call|don't call|(?:call|text|reach) me (?:on|at) (?:this|my new|another|a different|the following)|just this once|(?:make|as) an exception|between us|don't tell",
  'ohne (?:prüfung|rückruf|kontrolle|genehmigung)|(?:schon|bereits) (?:genehmigt|geprüft|freigegeben)|nicht anrufen|ausnahmsweise|kein rückruf',
  'sin (?:verificación|verificar|llamar|aprobación)|ya (?:aprobado|autorizado|verificado)|no (?:me )?llame|una excepción|hagan? una excepción',
  "sans (?:vérification|rappel|contrôle|validation)|déjà (?:approuvé|validé|vérifié)|ne (?:m[’']?appelez|rappelez) pas|une exception|exceptionnellement",
  'sem (?:verificação|verificar|ligar|aprovação)|já (?:aprovado|autorizado|verificado)|não ligue|uma exceção',
  "senza (?:verifica|controllo|richiamare|approvazione)|già (?:approvato|autorizzato|verificato)|non (?:chiamate|chiamare|chiamarmi)|un[’']?eccezione",
);
/** A display name is a name. One that speaks to whoever reads it is a message in disguise. */
const instruction =
  /(?<![\p{L}\p{N}])(?:approved?|verified|admin(?:istrator)?|it[- ]?support|helpdesk|help desk|security team|ignore|please|reset|trusted|official|system|ceo|cfo|urgent|verifiziert|freigegeben|verificado|aprobado|vérifié|approuvé|verificato|approvato)(?![\p{L}\p{N}])|[✓✔✅☑🔒🛡]|\bhttps?:|[[\]<>{}|]/iu;

/** The flags of a request, in the order of `riskFlags`. Pure: the same request gives the same flags. */
export function riskFlagsOf({ details, before, now, profileChangedAt = null }: RiskInput): RiskFlag[] {
  const words = details.words.join('\n').slice(0, 20_000).replaceAll('’', "'");
  const isFor = (pattern: RegExp): boolean => pattern.test(words);
  const recent = before.filter((at) => at <= now && now - at <= often.withinMs).length;
  const raised: Record<RiskFlag, boolean> = {
    urgency: isFor(urgency),
    authority: isFor(authority),
    for_somebody_else: isFor(somebodyElse),
    wants_check_skipped: isFor(skipCheck),
    repeated: recent >= often.requests,
    profile_changed: profileChangedAt !== null && profileChangedAt <= now && now - profileChangedAt <= recentMs,
    name_with_instructions: instruction.test(details.person.name.slice(0, 200)),
  };
  return riskFlags.filter((flag) => raised[flag]);
}
