/**
 * English words that are no typos of ours: a hand-made list of the commonest, mostly in their base form (spelling.ts knows
 * regular endings). Without it "weather" would become "whether" and "friend" might become "fried".
 */
export const commonWords: readonly string[] = `
a abandon ability able about above abroad absence absent absolute absolutely abuse academic accent accept access accident accidentally accompany accord
according account accountant accurate accuse achieve acid acknowledge across act action active activity actor actual actually ad add addition additional
address adequate adjust administration admire admit adopt adult advance advanced advantage adventure advertise advice advise affair affect afford afraid
after afternoon afterwards again against age agency agent ago agree agreement ahead aid aim air airline airplane airport alarm album alcohol alert alike
alive all alley allow almost alone along already also alter alternative although altogether always am amaze amazing ambition among amount amuse an analysis
analyst ancient and anger angle angry animal ankle anniversary announce annoy annoyed annoying annual another answer anxious any anybody anyhow anymore anyone
anything anyway anywhere apart apartment apologize apology app apparent apparently appeal appear appearance apple application apply appoint appointment appreciate approach
appropriate approval approve april apron architect are area argue argument arise arm army around arrange arrangement arrest arrival arrive arrow art article
artist as ashamed aside ask asleep aspect assemble assess asset assign assist assistance assistant associate assume assure at ate athlete atmosphere attach attack attempt attend
attention attitude attorney attract attractive auction audience audio august aunt author authority auto automatic automatically autumn available average avoid
awake award aware away awesome awful awkward baby back background backup backwards bad badge badly bag bake balance ball balloon ban banana band bank banner bar bare barely
bargain bark barn base baseball basic basically basis basket basketball bat bath bathroom battery battle be beach bean bear beard beat beautiful beauty became because
become bed bedroom bee beef been beer before beg began begin beginning begun behave behavior behaviour behind being belief believe bell belong below belt bench bend beneath
benefit beside besides best bet better between beyond bicycle bid big bike bill billion bin bind biology bird birth birthday biscuit bit bite bitter black blame blank
blanket blast bleed bless blew blind blink block blog blood blow blown blue board boat body boil bold bomb bond bone bonus book boom boot border bore bored boring born
borrow boss both bother bottle bottom bought bounce bound bowl box boy boyfriend brain brake branch brand brave bread break breakfast breast breath breathe breed
breeze brick bridge brief briefly bright brilliant bring broad broadcast broke broken brother brought brown browse browser brush bucket buddy budget bug build building
built bull bump bunch burden burger burn burst bury bus bush business busy but butter button buy buyer by bye cab cabin cabinet cable cake calculate
calculator calendar call calm came camera camp campaign campus can canal cancel cancer candidate candle candy cannot cap capable capacity capital captain capture car carbon card
care career careful carefully careless cargo carpet carrot carry cart cartoon case cash cast castle casual cat catch category cattle caught cause caution cave cease
ceiling celebrate celebrity cell cent center central centre century ceremony certain certainly certificate chain chair chairman challenge champion chance change channel
chapter character charge charger charity charm chart chase chat cheap cheat check checked checkout cheer cheese chef chemical chemistry chest chicken chief child childhood
children chill chin chip chocolate choice choose chop chose chosen church cigarette cinema circle circuit circumstance citizen city civil claim class classic classify
classroom clean clear clearly clerk clever click client climate climb clinic clip clock close closed closely closer closet cloth clothes clothing cloud club clue cluster
coach coal coast coat code coffee coin coincidence cold collapse collar collect collection college color colour column combination combine come comedy comfort
comfortable command comment commerce commercial commission commit committee common communicate communication community company compare comparison compete
competition complain complaint complete completely complex complicated component compose computer computing concentrate concept concern concerned concert conclude conclusion
concrete condition conduct conference confidence confident confirm confirmation conflict confuse confused confusing confusion connect connection conscious consent consequence
consider considerable consist consistent constant constantly construct construction consult consumer contact contain container content contest context continent continue
continuous contract contrast contribute control convenient convention conversation convert convince cook cookie cool cooperate cope copy core corn corner corporate correct
correctly correspond cost costume cottage cotton couch cough could council count counter country county couple coupon courage course court cousin cover cow crack cracked craft
crash crazy cream create creation creative creature credit crew cricket crime criminal crisis critical criticize crop cross crowd crowded crown cruel cruise crush cry
cultural culture cup cupboard cure curious currency current currently curtain curve custom customer cut cute cycle dad daily damage damaged dance danger dangerous dare dark
darkness data database date daughter dawn day dead deadline deaf deal dear death debate debit debt decade december decent decide decision deck declare decline
decorate decrease deep deeply deer default defeat defend defense define definite definitely definition degree delay delete deliberate delicate delicious delight deliver delivery
demand demo democracy demonstrate dentist deny department departure depend dependent deposit depress depth deputy derive describe description desert deserve design desire
desk desktop despite destination destroy detail detailed detect determine develop developer development device diamond diary dictionary did die diet differ difference
different differently difficult difficulty dig digit digital dignity dinner dip direct direction directly director directory dirt dirty disable disabled disagree disappear
disappoint disappointed disaster discipline discount discover discovery discuss discussion disease dish disk dislike dismiss disorder display distance distant distinct
distinguish distribute district disturb divide division divorce dizzy do doctor document does dog doll dollar domain domestic dominate done donkey door dot double doubt
down download downstairs downtown dozen draft drag drain drama dramatic draw drawer drawing dream dress drew dried drill drink drive driven driver drop drove drown drug drum
drunk dry duck due dull dumb dump during dust duty each eager ear earlier early earn earth ease easily east eastern easy eat economic economy edge edit edition editor
educate education effect effective effectively efficient effort egg eight either elbow elder elderly elect election electric electrical electricity electronic elegant
element elephant elevator eleven eligible eliminate else elsewhere embarrass embassy emergency emotion emotional emphasis emphasize empire employ employee employer employment
empty enable encounter encourage end enemy energy engage engine engineer engineering enjoy enormous enough ensure enter enterprise entertain entertainment enthusiasm
entire entirely entitle entrance entry envelope environment environmental equal equally equipment error escape especially essay essential essentially establish estate
estimate etc ethic evaluate even evening event eventually ever every everybody everyday everyone everything everywhere evidence evil exact exactly exam examination examine
example exceed excellent except exception exchange excite excited exciting exclude excuse execute executive exercise exhaust exhibit exist existence existing exit expand expect
expectation expense expensive experience experiment expert expire expired explain explanation explode explore export expose express expression extend extension extensive extent
external extra extraordinary extreme extremely eye fabric face facility fact factor factory fade fail failed failure faint fair fairly faith fake fall fallen false fame familiar
family famous fan fancy fantastic far farm farmer fashion fast fat father fault favor favorite favour favourite fear feature february fed federal fee feed feedback feel feeling feet
fell fellow felt female fence festival fetch fever few fewer fiction field fight figure file fill film filter final finally finance financial find fine finger fingerprint finish
fire firm first firstly fish fishing fit fitness five fix fixed flag flash flat flavor flavour flesh flew flexible flight float flood floor flour flow flower flu fluid fly
focus fold folder folk folks follow following food fool foolish foot football for forbid force forecast foreign forest forever forget forgive forgot forgotten fork form formal
format former formula forth fortunate fortune forum forward found foundation founder four frame frankly free freedom freeze freezer frequency frequent frequently fresh friday fridge
friend friendly friendship frighten frog from front frozen fruit frustrate frustrated frustrating fry fuel full fully fun function fund fundamental funny fur furniture further future
gain gallery game gang gap garage garbage garden garlic gas gate gather gave gear gender general generally generate generation generous gentle gentleman gently genuine
geography gesture get ghost giant gift girl girlfriend give given glad glance glass global glory glove glue go goal goat god goes gold golden golf gone gonna good goodbye
goods gorgeous gossip got gotta govern government grab grade gradual gradually graduate grain grammar grand grandfather grandmother grant grape graph grass grateful grave
gray great greatly green greet grew grey grip grocery ground group grow grown growth guarantee guard guess guest guidance guide guideline guilt guilty guitar gun guy gym
habit had hair half hall ham hammer hand handle handy hang happen happily happiness happy harbor hard hardly hardware harm harmful has hat hate have he head headache headline
headquarters health healthy heap hear heard heart heat heating heaven heavily heavy heel height held hell hello help helpful her here hero hers herself hesitate hey hi
hidden hide high higher highlight highly highway hike hill him himself hire his history hit hobby hold holder hole holiday hollow holy home homework honest honestly honey
honor honour hook hope hopefully horrible horse hospital host hot hotel hour house household housing how however huge human humor humour hundred hung hungry hunt hurry hurt husband
i ice icon idea ideal identical identify identity idiot if ignore ill illegal illness illustrate image imagination imagine immediate immediately impact implement imply import
importance important impose impossible impress impression impressive improve improvement in incident include including income incorrect incorrectly increase increasingly incredible
indeed independent index indicate indication individual industrial industry infect inflation influence inform information initial initially initiative injure injury ink inner innocent
innovation input insect insert inside insist inspect inspection inspire install installation instance instant instantly instead institute institution instruct instruction
instrument insult insurance insure integrate intellectual intelligence intelligent intend intense intention interact interaction interest interested interesting interface internal
international internet interpret interrupt interval interview into introduce introduction invent invest investigate investigation investment invisible invitation invite invoice
involve iron is island issue it item its itself jacket jail jam january jar jaw jealous jeans jet jewel job join joint joke journal journalist journey joy judge judgment
juice july jump june jungle junior junk jury just justice justify keen keep kept key keyboard kick kid kidney kill kilometer kind kindly king kiss kitchen knee kneel knew knife knock know
knowledge known lab label labor laboratory labour lack ladder lady lake lamp land landlord landscape lane language laptop large largely last late lately later latest latter laugh
launch laundry law lawn lawyer lay layer layout lazy lead leader leadership leaf league leak lean leap learn lease least leather leave lecture led left leg legal legend
lemon lend length lens less lesson let letter level liar liberal library license licence lid lie life lift light lightly lightning like likely limit limited line link lion
lip liquid list listen literally literature little live lively liver living load loan local locate location lock locked log logic logical lonely long longer look loop loose lord
lose loser loss lost lot lots loud lounge love lovely lover low lower loyal luck lucky luckily luggage lunch lung luxury machine mad made magazine magic mail mailbox main mainly maintain
maintenance major majority make male mall man manage management manager mandatory manner manual manufacture many map march margin mark market marketing marriage married marry mask
mass massive master match mate material math mathematics matter maximum may maybe mayor me meal mean meaning meant meanwhile measure meat mechanic media medical medicine medium meet
meeting melt member membership memory men mental mention menu merchant mere merely merge mess message messed met metal meter method mice microphone microwave middle midnight might
mild mile military milk mill million mind mine mineral minimum minister minor minority minute mirror miss missing mission mistake mistaken mix mixed mixture mobile mode model
moderate modern modest modify mom moment monday money monitor monkey month monthly mood moon moral more moreover morning mortgage most mostly mother motion motivate motor mountain
mouse mouth move movement movie moving much mud multiple murder muscle museum mushroom music musical musician must my myself mystery nail naked name narrow nasty nation
national native natural naturally nature near nearby nearly neat necessarily necessary neck need needle negative negotiate neighbor neighbour neighborhood neither nephew nerve nervous
nest net network neutral never nevertheless new newly news newspaper next nice niece night nightmare nine no nobody nod noise noisy none nonsense noon nor normal normally north northern
nose not note notebook nothing notice notify notification notion noun novel november now nowadays nowhere nuclear number numerous nurse nut oak obey object objective obtain
obvious obviously occasion occasional occasionally occupy occur ocean october odd of off offer office officer official often oh oil ok okay old on once one onion online only onto
open opening operate operation operator opinion opponent opportunity oppose opposite option optional or orange order ordinary organ organic organize organise organization
organisation origin original originally other others otherwise ought our ours ourselves out outcome outdoor outfit outline outlook output outside outstanding oven over overall overcome overnight
owe own owner ownership oxygen pace pack package packet page paid pain painful paint painter painting pair palace pale pan panel panic pants paper parade paragraph parallel parcel pardon
parent park parking part partial participate particular particularly partly partner party pass passage passenger passion passport past paste pasta path patience patient pattern
pause pay payment peace peaceful peak peanut pen penalty pencil penny pension people pepper per perceive percent percentage perfect perfectly perform performance perhaps
period permanent permanently permission permit person personal personality personally personnel perspective persuade pet phase philosophy phone photo photograph phrase physical
physics piano pick picture pie piece pig pile pill pillow pilot pin pine pink pipe pitch pizza place plain plan plane planet plant plastic plate platform play player
pleasant please pleased pleasure plenty plot plug plumber plus pocket poem poet poetry point poison police policy polite political politician politics poll pollution pool poor
pop popular population port portion portrait pose position positive possess possibility possible possibly post postpone pot potato potential potentially pound pour poverty powder
power powerful practical practically practice practise praise pray precise precisely predict prefer preference pregnant preparation prepare presence present presentation preserve
president press pressure pretend pretty prevent previous previously price pride priest primary prime prince princess principle print printer prior priority prison prisoner privacy
private prize pro probably problem problematic procedure proceed process produce product production profession professional professor profile profit program programme programmer progress
project projector promise promote promotion prompt prompted proof proper properly property proposal propose prospect protect protection protest proud prove provide provider
province provision public publication publicly publish pull pump punch punish purchase pure purple purpose purse pursue push put puzzle qualify quality quantity quarter queen question
queue quick quickly quiet quietly quit quite quote rabbit race racing radiation radio rail railway rain raise ran random randomly range rank rapid rapidly rare rarely rat rate rather
ratio raw reach react reaction read reader readily reading ready real realistic reality realize realise really rear reason reasonable reasonably reboot recall receipt receive recent
recently recipe recognize recognise recommend recommendation record recording recover recovery recruit recycle red reduce reduction refer reference reflect reform refresh
refrigerator refund refuse regard regarding regardless region regional register registered registration regret regular regularly regulation reinstall reject rejected relate related
relation relationship relative relatively relax release relevant relief relieve religion religious rely remain remaining remark remarkable remember remind reminder remote
remove renew rent repair repeat repeatedly replace replacement reply report reporter represent representative reputation request require required requirement rescue research reserve
reset resident resign resist resolve resort resource respect respond response responsibility responsible rest restart restaurant restore restrict restriction result retail
retain retire retired retry return reveal revenue reverse review revolution reward rice rich rid ride ridiculous right ring rise rising risk risky river road rob robot rock
rocket role roll romantic roof room root rope rough roughly round route router routine row royal rub rubber rubbish rude ruin rule run rural rush sad sadly safe safely safety
said sail salad salary sale salt same sample sand sandwich sat satellite satisfaction satisfied satisfy saturday sauce save saving saw say scale scam scan scare scared scary scene
schedule scheme scholarship school science scientific scientist scissors scope score scratch scream screen screenshot screw script scroll sea search season seat second secondary
secondly secret secretary section sector secure security see seed seek seem seen seldom select selection self selfish sell send senior sense sensible sensitive sent sentence
separate separately september sequence series serious seriously serve server service session set setting settings settle setup seven several severe sex shade shadow shake shall
shallow shame shape share sharp she shed sheep sheet shelf shell shelter shift shine shiny ship shirt shock shoe shoes shoot shop shopping shore short shortage shortly shot should
shoulder shout show shower shown shrink shut shy sick side sight sign signal signature significant significantly silence silent silly silver similar similarly simple
simply since sincerely sing singer single sink sir sister sit site situation six size ski skill skin skip skirt sky slave sleep sleeve slept slice slide slight slightly slip
slow slowly small smart smell smile smoke smooth snack snake snow so soap social society sock soft software soil solar sold soldier solid solution solve solved some somebody somehow
someone something sometime sometimes somewhat somewhere son song soon sorry sort soul sound soup sour source south southern space spam spare speak speaker special
specialist specific specifically speech speed spell spelling spend spent spin spirit spite split spoke spoken sport spot spray spread spring square squeeze stable staff stage
stair stairs stamp stand standard star stare start state statement station statistic statue status stay steady steak steal steam steel steep steer steering step stick sticky stiff still
stock stole stolen stomach stone stood stop storage store storm story stove straight strange stranger strategy stream street strength strengthen stress stretch strict strictly strike
string strip stroke strong strongly structure struggle stuck student studio study stuff stupid style subject submit subscribe subscription substance succeed success successful
successfully such suck sudden suddenly suffer sufficient sugar suggest suggestion suit suitable suitcase sum summary summer sun sunday sunny super supper supply support suppose
supposed sure surely surface surgery surprise surprised surprising surprisingly surround survey survive suspect suspend suspicious sweat sweater sweep sweet swim swing switch
symbol sympathy symptom sync system table tablet tackle tail take taken talent talk tall tank tap tape target task taste tax taxi tea teach teacher team tear technical technique
technology teenager teeth telephone television tell temper temperature temporarily temporary ten tenant tend tendency tennis tension tent term terminal terrible terribly terrific test text
than thank thanks that the theater theatre their them theme themselves then theory therapy there therefore these they thick thief thin thing think third thirsty thirty this thorough
thoroughly those though thought thousand thread threat threaten three threw throat through throughout throw thrown thumb thunder thursday thus ticket tidy tie tiger tight till
time tiny tip tire tired title to toast today toe together toilet tokyo told tomato tomorrow tone tongue tonight too took tool tooth top topic torn total totally touch tough tour
tourist toward towards towel tower town toy trace track trade tradition traditional traffic train trainer training transaction transfer transform translate translation transport trap trash travel
treasure treat treatment tree tremendous trend trial trick tried trip troop trouble troubleshoot trousers truck true truly trust truth try tube tuesday tune tunnel turn tv twelve twenty twice twin
two type typical typically typo ugly ultimate ultimately umbrella unable uncle unclog under underground understand understanding unemployment unexpected unfair unfortunately unhappy uniform union
unique unit united universe university unknown unless unlike unlikely unlock unpack until unusual up update upgrade upload upon upper upset upstairs urban urge urgent urgently us usage
use used useful useless user usual usually vacation valid validate valley valuable value van vanish variety various vast vegetable vehicle vendor verb verify verification version versus very via victim
victory video view village violence violent virtual virtually virus visible vision visit visitor vital vocabulary voice volume volunteer vote wage wait waiter wake walk wall wallet want war
wardrobe warm warn warning was wash waste watch water wave way we weak weakness wealth weapon wear weather web website wedding wednesday week weekday weekend weekly weigh weight
weird welcome well went were west western wet what whatever wheel wheelchair when whenever where whereas wherever whether which while whisper white who whoever whole whom whose why wide widely wife
wild will willing win wind window wine wing winner winter wipe wire wireless wisdom wise wish with withdraw within without witness woke woman women won wonder wonderful wood wooden wool
word wore work worker working workplace world worried worry worse worst worth would wow wrap wrist write writer writing written wrong wrongly wrote yard yeah year yearly yellow yep yes yesterday yet
yoga you young your yours yourself youth zero zone

am arent aint cant couldnt didnt doesnt dont hadnt hasnt havent hed hes id ill im isnt itll ive lets mustnt neednt shes shouldnt thats theres theyd theyll theyre theyve
wasnt wed weve werent whats whens wheres whos whys wont wouldnt yall youd youll youre youve gonna wanna gotta kinda sorta dunno lemme gimme cuz cause coz bc tho thru
u ur r pls plz thx ty np btw fyi asap lol omg idk imo imho tbh wtf ffs brb afaik aka eg ie vs etc hmm huh ugh uh um oops ouch yay nope nah ya yo sup hiya howdy mate dude bro guys folks

admin administrator administrators admins alias api authenticate authentication authenticator authorize authorized authorise authorised aws browser bookmark cli cloud compliance config
configure configuration console cookie cookies credential credentials dashboard email emails encryption enroll enrol enrollment expire federated federation firewall gmail google handset hotmail iam
incognito incorrect invalid iphone ipad android samsung pixel login logins logout logon lockout mfa microsoft onboarding offboarding org outage password passwords passcode passkey permission permissions phishing
popup portal proxy quota recaptcha captcha redirect redirected region root sandbox saml screenshot sign signin signed signup sim smartphone sms sso subdomain suspended token tokens totp upgrade url
username usernames voicemail vpn webpage wifi workspace yubikey aws amazon production prod dev staging startup freelancer intern contractor colleague coworker teammate payroll invoice invoices hr
ceo cto ciso devops sysadmin helpdesk servicedesk laptop macbook desktop firefox chrome safari edge windows linux mac ubuntu ios zip pdf csv html http https www com
`
  .trim()
  .split(/\s+/);
