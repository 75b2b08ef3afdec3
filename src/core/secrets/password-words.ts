/** How people call a password, by language code; parts of a regular expression. Inflected forms are listed. */
const names: Record<string, string> = {
  en: 'passwords?|passwd|passcode|passphrase|passwort|pass ?word|pwd|pw|pswd|pass|root ?pw|login ?pw',
  de: 'passwort|passwörter|kennwort|zugangswort|losungswort|passphrase',
  es: 'contrase(?:ñ|n)as?|clave(?: de acceso)?|contra(?=\\s*(?:es|:))|palabra clave',
  fr: 'mots? de passe|mdp|motdepasse|code secret',
  pt: 'senhas?|palavra[- ]passe|palavra[- ]chave',
  it: "parola d[’' ]ordine|parola chiave",
  nl: 'wachtwoord|wachtwoorden|ww(?=\\s*(?:is|:|=))',
  pl: 'hasł[oaeu]|haslo|hasła',
  tr: 'şifre(?:m|miz|si|niz)?|sifre(?:m|si)?|parola(?:m|sı)?',
  ru: 'парол(?:ь|я|ем|ю)',
  el: 'κωδικ(?:ός|ό|ού)(?: πρόσβασης)?|συνθηματικό|κωδικο[ςσ]',
  zh: '密码|密碼|口令',
  ja: 'パスワード|暗証番号|パスコード',
  ko: '비밀번호|패스워드|비번|암호',
  ar: 'كلمة (?:المرور|السر)|كلمه (?:المرور|السر)|الباسورد|باسورد',
  he: 'ה?סיסמ[הא](?:\\s+שלי)?|סיסמתי',
  hi: 'पासवर्ड',
  th: 'รหัสผ่าน',
};

/** "is", in the same languages, and the signs that say so in any. */
const links: Record<string, string> = {
  en: '(?:is|was|has been|got)? ?(?:re)?set to|(?:was|is|has been|got)? ?changed to|is|was|still|equals',
  de: 'ist|war|lautet|lautete|heißt|heisst',
  es: 'es|era|fue',
  fr: 'est|était|etait',
  pt: 'é|era|foi',
  it: "è|e'|era",
  nl: 'was|luidt',
  pl: 'to|brzmi|jest|było|bylo',
  ru: '[—–]|это|был|такой',
  el: 'είναι|ήταν|ειναι',
  zh: '是|为|為',
  ja: 'は|が',
  ko: '[는은이가]',
  ar: 'هي|هو|كانت',
  he: 'היא|הוא|הייתה',
  hi: 'है|था',
  th: 'คือ|เป็น',
};

export const passwordName = Object.values(names).join('|');
const written = (codes: string[]) => codes.map((code) => links[code]).join('|');
const joined = ['zh', 'ja', 'ko', 'th'];
/** A word of its own, but where words are not parted. */
export const isWord = `(?:${written(Object.keys(links).filter((code) => !joined.includes(code)))})(?![\\p{L}\\p{N}])|${written(joined)}`;

/** Words that follow "password is" without being one, in the languages above. */
const ordinary = `
wrong incorrect right correct ok okay fine good bad expired invalid rejected refused lost gone forgotten forgot unknown not no never
missing needed required reset changed the a an my mine in on at for to of it and but or also still being too very always now known
accepted denied blocked disabled saved stored there valid longer only one same set unset empty old new weak strong outdated what which
somewhere working won't wont doesn't doesnt don't dont isn't isnt can't cant didn't didnt wasn't is was page field link mail email
recovery screen manager policy step part again please i we he she they you something that this so because since after when if as by
with from has have had does did do will would should must can could be been due managed kept hidden compromised leaked stolen shared
secret temporary different long short hard simple case sensitive stale dead locked broken failing failed ignored unrecognised
unrecognized synced identical recovered handled held owned controlled provided given sent printed written wiped deleted removed
probably definitely obviously apparently really just actually already perhaps maybe certainly fully 100% through via across unusual
suspicious weird strange nonsense blank useless random complex complicated unique enough impossible difficult easy possible available
unavailable optional mandatory private public safe unsafe secure insecure personal confidential current previous last first next
yesterday today tomorrow monday tuesday wednesday thursday friday saturday sunday ago until soon later early late out off up down
mixed upper lower mandatory matching mismatched refusing fails fail ends starts begins contains needs wants takes asks says goes gets
makes looks seems appears keeps stays remains how where why who whose whom reset-only any some all both each every none nothing
everything somebody someone nobody anybody anyone everyone here anywhere nowhere always sometimes often rarely usually mostly almost
nearly about around between within without before behind below above under over into onto upon against along among during per
please thanks thank sorry hello help more less most least much many few several such than then though although however therefore
expiring rotating rotated updated outdated updating resetting changing syncing generated automatically manually okta azure google
microsoft aws amazon slack teams windows linux mac active directory sso saml saml2 ldap idp kerberos vault lastpass 1password bitwarden
keepass keeper dashlane chrome safari firefox edge browser laptop phone computer desktop office home work company corporate domain
account user username login sign signin console portal root iam admin administrator owner support helpdesk nobody's mine yours ours
theirs hers his its their our your her him me us them perfect unchanged different? clear unclear obvious invisible visible readable
alright alive ready pending waiting coming arriving overdue enforced enough wrong? right? correct? dying acting stuck frozen
corrupt intact legit legible unreadable cracked tough crazy dumb stupid silly ridiculous junk garbage gibberish plain trivial trash
rubbish awesome great super hopeless meaningless moot toast kaput busted hacked phished guessed exact unexpected fishy odd funny
neither nor itself alone kosher whatever elsewhere mismatch history mystery trouble problem issue question
reset: alphanumeric numeric digits letters characters character symbols eight twelve fourteen sixteen three four five six seven ten
twenty ninety days months weeks years hours minutes literally basically simply totally completely absolutely unfortunately hopefully
falsch richtig korrekt abgelaufen ungültig vergessen weg gesperrt verloren unbekannt nicht kein keine mein dein sein ihr unser das
der die den dem ein eine nun jetzt noch immer auch leider schon zu zurückgesetzt geändert geleakt gestohlen aber und oder weil dass
nötig erforderlich sicher unsicher bekannt gültig gespeichert geheim gleich dasselbe derselbe abgelehnt okay wieder wie wo was wird
incorrecta correcta incorrecto correcto caducada vencida olvidada perdida bloqueada inválida invalida nueva vieja la el los las una
un mi tu su no ya muy pero y o de en con para por que qué como cuando aunque todavía aún siempre también igual misma válida errónea
segura débil temporal cambiada robada desconocida necesaria obligatoria rechazada
incorrect expiré expirée oublié oubliée perdu perdue bloqué bloquée invalide faux correct bon mauvais le les une mon ma ton pas plus
toujours encore aussi très mais et ou du des en avec pour par que qui quand déjà bien refusé refusée changé changée nouveau volé
compromis inconnu nécessaire requis valide
incorreta errada correta expirada esquecida perdida bloqueada inválida nova velha a o os as um uma meu minha não já muito mas e ou
de em com para por que como quando ainda também mesma válida segura fraca roubada trocada recusada
sbagliata sbagliato errata corretta scaduta dimenticata persa bloccata valida nuova vecchia il lo gli una mia tua non già molto ma
di in con per che come quando ancora anche stessa giusta sicura debole rubata cambiata rifiutata stata
verkeerd fout onjuist juist verlopen vergeten kwijt geblokkeerd ongeldig nieuw oud het een mijn jouw niet geen nog ook maar en of
van voor met dat als weer wel te zo goed gelekt gestolen gewijzigd
złe nieprawidłowe poprawne wygasło zapomniane nowe stare moje nie jest już ale lub się jak co tak też dobre błędne zablokowane
yanlış doğru hatalı geçersiz unuttum kayboldu değişti çalışmıyor kabul edilmiyor eski yeni benim ve ama bir bu çok süresi doldu
неверный неправильный правильный истёк истек забыт забыл потерян не мой новый старый и но что как уже ещё верный устарел изменён
λάθος σωστός έληξε ξέχασα χάθηκε δεν το ο η μου και αλλά νέος παλιός λανθασμένος
`;
export const ordinaryWords: ReadonlySet<string> = new Set(ordinary.split(/\s+/).filter(Boolean));

/** Ends of English words that tell how something is, rather than being something one would choose to type. */
export const tellingEnd = /(?:ed|ing|able|ible|less|ful|ive|ous|ly|ent|ant|ary|ory|ish|wise|ient|ness|tion|sion|ment)$/;
