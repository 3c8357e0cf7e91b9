package tagging

import "strings"

// vocabulary holds the single words that rules ask for by name, where a class of the word files would
// say too much, and the folders of addresses.
type vocabulary struct {
	// What stands around a name.
	old, after, als, door, par, naar, vers, bij, a, geen, wat, avant, ni, minder, qui, apres, aan uint32

	// What a name is made of.
	club, jong, red, super, pro, league uint32
	particles                           []uint32 // with a capital, what a Flemish surname begins with
	bound, saints                       []uint32

	// The country's people, who at the head of a headline are its team, what they do and where, and its federation.
	belgians, abroad, playing, camps, homes, capped, caps, firsts, unions, foes, fold, natives, staged, summons []uint32
	singulars, indoor, groups, federation, bonds, picture, chosen, noMore                                       []uint32

	// Of matches: who plays where, who is missing, what comes of it.
	hosting, visits, venues, trips, grounds, lineups, settling, barring, meetings, games, previews, calledOff, finals   []uint32
	classics, live, watching, marks, ranking, races, pursuits, stakes, trophies, continental, taken, passives, awaiting []uint32
	opponents, winners, nights, draws, competitions, belgianLeagues                                                     []uint32
	upsets, concessions, visiting, plays                                                                                []uint32
	lost, losses, saw, odds, tackling                                                                                   []uint32
	rounds, along, fearing, readying, readyFor, changes, overtimes                                                      []uint32
	states, sinces, stands, comings, matchdays, lasts, directs, ens                                                     []uint32

	// Of who is missing, and why.
	absent, falls, outs, without, absentees, bare, numerals, injuries, sidelines, outside, sparing, penalties, redCards []uint32
	incidents, limping, selections, missing                                                                             []uint32

	// Of rivals: who presses whom, who is a measure, and how a side takes a defeat.
	putting, put, pressing, pressure, drifting, measures, yardsticks, outdoing, models, conditions, hurting []uint32
	hurts, coping, erasing, preferred, prefers, levels, above, detriment, waits, turns                      []uint32
	joining                                                                                                 []uint32

	// Of benches: who sits there, who comes and goes.
	assistants, benches, chief, leagues, under, succeeds, called, lists, vacancies, benchChange, returns      []uint32
	dismissal, farewells, goneTo, leftThen, straws, parting, handing, apart, following, takingOver, selecting []uint32
	forgetting, choosing, landing, lots, helms, leading, dropping, leaving                                    []uint32
	predicaments, alsos, heirs, interims, forNow, seconds, coaching, blames, bodyAndMind                      []uint32
	relays, costs, paying                                                                                     []uint32

	// Of the market and a club's business: who deals, who would like to, who was not wanted.
	contracts, staying, remaining, deals, exits, dealing, comes, wanting, wishes, sought, rivalry, shedding, employers []uint32
	jobs, becoming, bygone, pastTimes, business, discarded, aims, sources, heading                                     []uint32
	quests, offers                                                                                                     []uint32
	signing, parted, halves, arrivals, dossiers, pitch, prospects                                                      []uint32
	bids, outbidding, formerTimes, playedThen, wasThen, sending, moving                                                []uint32

	// Of people and sides.
	squads, players, footballers, belongings, fans, visitors, crowd, ages, juniors, mates, trades, offices, sides, parties, clubs, companies []uint32
	regions, possessives, theirs, kinsmen, these, tens, selves, ourselves, him, feats, openers, moods, girls, gains, leavings, praises       []uint32

	// Of who says so, and how.
	agencies, stamps, rubrics, footballRubrics, publishers, imprints, imprintFill, authors                                                []uint32
	according, believing, officially, views, confirming, denials, greetings, eachOther, whoAmong, acts, retorts, answers, seeing, opining []uint32

	// Of grammar and time.
	ahead, modals, conditionals, coulds, musts, away, copulas, through, near, since, both, another, between, with, during                                    []uint32
	travelling, besides, relatives, about, whoms, genitives, asWhat, ors, evens, onlys, pairs, counts, duos, trios, better                                   []uint32
	degrees, ordinals, being, que, behind, mirrors, despite, conjunctions, thens, where, noes, spans, days                                                   []uint32
	nors, untils, alreadys, earlier, nobody, outOf, notAnymore, roundPoints, offered, forMan, transfers, within, deeds, pointing, setbacks, swapping, picked []uint32

	// Of a town.
	courts, authorities, amateurs, provinces, premises []uint32

	// The last words of what is played in another sport and never in football: a penalty
	// corner, a quarter.
	play []uint32

	sections map[string]section
	towns    map[uint32]bool // the last words of the towns that have local pages
}

// compoundEnds are the people and things of a club that Dutch writes behind its name in
// one word.
const compoundEnds = `fan fans supporter supporters speler spelers coach trainer aanhang doelman keeper spits verdediger
	middenvelder aanvaller winger kapitein voorzitter bestuur baas man mannen
	bus bussen spelersbus shirt shirts sjaal sjaals hooligan hooligans ultras clan kleedkamer directeur ceo preses jeugd`

// womenEnds is what its women's side is called likewise.
const womenEnds = `vrouwen dames meisjes`

func newVocabulary(lex *lexicon) *vocabulary {
	v := &vocabulary{sections: map[string]section{}, towns: map[uint32]bool{}}
	for word, id := range map[string]*uint32{
		"oud": &v.old, "na": &v.after, "als": &v.als, "door": &v.door, "par": &v.par, "naar": &v.naar, "vers": &v.vers,
		"bij": &v.bij, "a": &v.a, "geen": &v.geen, "wat": &v.wat, "avant": &v.avant, "aan": &v.aan, "ni": &v.ni, "minder": &v.minder, "qui": &v.qui, "après": &v.apres,
		"club": &v.club, "jong": &v.jong, "red": &v.red, "super": &v.super, "pro": &v.pro, "league": &v.league,
	} {
		*id = lex.id(lex.folds.word(word))
	}
	for list, words := range v.contents() {
		for _, word := range lex.split(words) {
			*list = append(*list, lex.id(word))
		}
	}
	for s, folders := range sectionFolders() {
		for _, f := range strings.Fields(folders) {
			v.sections[f] = s
		}
	}
	for _, f := range strings.Fields(townFolders) {
		v.sections[f] = newsSection
		words := lex.split(f)
		v.towns[lex.id(words[len(words)-1])] = true
	}
	return v
}

// contents are the words of each list, in the languages of the bot together.
func (v *vocabulary) contents() map[*[]uint32]string {
	return map[*[]uint32]string{
		&v.particles:  "van vande vanden vander von de den der ter ten",
		&v.saints:     "saint sint st",
		&v.bound:      "naar richting vers nach to",
		&v.belgians:   "belgen belges",
		&v.abroad:     "buitenland étranger europe europa ausland abroad",
		&v.playing:    "spelen speelden jouent joueront affrontent affronteront spielen play",
		&v.camps:      "tubeke tubize basecamp",
		&v.homes:      "heizel heysel heyselstadion heizelstadion boudewijnstadion baudouin",
		&v.capped:     "international",
		&v.caps:       "cap caps interland interlands selectie sélection sélections länderspiel",
		&v.firsts:     "eerste première premier tweede deuxième erste erstes first",
		&v.unions:     "union",
		&v.foes:       "tegenstander tegenstanders opponent opponenten adversaire adversaires gegner opponents",
		&v.fold:       "voudig",
		&v.natives:    "liégeois",
		&v.staged:     "jouera joueront joué jouer disputé disputera disputer gespeeld afgewerkt plaats ausgetragen",
		&v.summons:    "convoqué convoqués convoquent",
		&v.singulars:  "le du au",
		&v.indoor:     "futsal zaalvoetbal futsalploeg zaalvoetbalploeg futsalteam minivoetbal mini",
		&v.picture:    "beeld",
		&v.chosen:     "opgeroepen geselecteerd aanmerking appelé sélectionné convoqué",
		&v.noMore:     "meer plus",
		&v.groups:     "groep groupe poule gruppe group",
		&v.bonds:      "bond voetbalbond federatie voetbalfederatie fédération fußballverband verband federation",
		&v.federation: "fußballverband voetbalbond kbvb rbfa urbsfa",

		&v.states: "est sont sera seront devient deviennent reste restent is zijn wordt worden blijft blijven ist sind wird " +
			"bleibt becomes remains",
		&v.sinces:    "sur d de",
		&v.stands:    "reste restent restait restaient sort sortent",
		&v.comings:   "komt komen vient viennent débarque débarquent arrive arrivent kommt kommen reist reisen comes",
		&v.matchdays: "speeldag week weekend match wedstrijd semaine journée rencontre woche spieltag",
		&v.lasts:     "vorige vorig afgelopen voorbije dernier dernière passé passée précédent précédente letzte letzten",
		&v.hosting: "ontvangt ontvangen treft treffen bekampt bekampen trekt trekken reçoit reçoivent affronte affrontent " +
			"défie défient accueille accueillent empfängt empfangen hosts host face déplace déplacent rend " +
			"rendent",
		&v.plays:   "speelt joue jouent spielt plays",
		&v.visits:  "naar richting op in bij à au chez nach at to",
		&v.upsets:  "stunt zege overwinning winst nederlaag verlies debacle kater afgang pandoering",
		&v.venues:  "uit thuis",
		&v.trips:   "bezoek gast verplaatsing uitmatch uitduel trip déplacement visite réception auswärtsspiel visit",
		&v.grounds: "stadion stade stadium enceinte antre terrein terreinen veld velden terrain terrains pelouse rasen",
		&v.lineups: "opstellingen basisopstellingen compos compositions aufstellungen startformationen lineups",
		&v.settling: "uitgeschakeld verzekert verzekeren verzekerd kwalificeert plaatst redt behoudt degradeert degraderen " +
			"promoveert promoveren kwalificeren plaatsen redden éliminé éliminés qualifie qualifié qualifiés " +
			"qualifient sauve sauvent élimine sacré sacrés ausgeschieden qualifiziert eliminated qualify qualifies",
		&v.barring: "geen verbod verboden weert geweerd weren welkom aucun interdits interdit interdiction privés privé bannis " +
			"keine verboten banned barred ban",
		&v.meetings: "topper kraker kelderkraker burenduel choc clash affiche affrontement confrontatie",
		&v.games:    "match wedstrijd partij duel bekermatch bekerduel thuismatch competitiematch rencontre spiel partie game",
		&v.previews: "vooruit",
		&v.calledOff: "uitgesteld afgelast verschoven remis remise remises reporté reportée annulé annulée verlegt abgesagt " +
			"postponed abandoned",
		&v.rounds: "finales zestiende achtste kwartfinales bekerronde seizièmes huitièmes quarts achtelfinale viertelfinale",
		&v.fearing: "vreest vreesde vrezen onderschat onderschatten respecteert respecteren ducht craint redoute respecte " +
			"estimer sous-estime craindre redouter contrer fürchtet unterschätzt fears respects",
		&v.readyFor: "voor pour vor für for",
		&v.readying: "respekt prepares changes ready fit terug klaar vast ploeg elftal kern druk plan strijdplan wedstrijdplan " +
			"respect ontzag beschikbaar " +
			"speelklaar inzetbaar recupereert recupereerde récupère récupèrent retrouve équipe disponible rétabli " +
			"prêt pression bereit",
		&v.changes: "wijziging wijzigingen wissel wissels ingrepen roteert changement changements modification modifications " +
			"chambouler chamboule bouleverser bouleverse remanier remanie innover innove",
		&v.along:    "mee",
		&v.finals:   "finale bekerfinale supercup endspiel pokalfinale final",
		&v.classics: "clasico classico klassieker classique",
		&v.directs:  "direct rechtstreeks",
		&v.ens:      "en",
		&v.live:     "live commenté ticker liveticker livestream liveblog",
		&v.watching: "tribune tribunes tribüne stands kijken bekijkt scout scoutt",
		&v.marks:    "notes punten rapport puntenboek bulletin cotes noten ratings",
		&v.ranking:  "blijft staat leidt springt profiteert reste restent occupe occupent profite bleibt führt profitiert stays remains",
		&v.races: "titelstrijd titeldebat titelrace titelduel degradatiestrijd promotiestrijd behoudstrijd behoudsstrijd " +
			"titelkampf titelrennen meisterkampf abstiegskampf aufstiegskampf aufstiegsrennen",
		&v.pursuits: "course lutte bataille strijd gevecht kampf race battle fight",
		&v.stakes:   "titre maintien montée titel behoud promotie promotion klassenerhalt aufstieg title survival",
		&v.trophies: "kampioen kampioene landskampioen titel landstitel beker champion championne champions titre coupe " +
			"supercoupe supercup pokal landespokal meister championnat kampioenschap",
		&v.continental: "europees europese européen européenne européens européennes europe europa conference europapokal european",
		&v.lost:        "perdu verloren lost gewonnen gagné",
		&v.odds:        "kans kansen kansloos favoriet chance chances favori favorit",
		&v.losses: "nederlaag nederlagen verlies afstraffing pandoering pak oplawaai blamage défaite défaites revers " +
			"claque gifle déroute naufrage correction raclée encaissés encaissé niederlage pleite klatsche defeat",
		&v.saw:            "zag zagen vu vit sah saw",
		&v.tackling:       "battre vaincre dompter surprendre affronter défier oublier bousculer winnen kloppen verslaan",
		&v.taken:          "gepakt gepikt gehaald punt punten driepunter zege verloren gewonnen gelijkgespeeld",
		&v.passives:       "werd werden",
		&v.awaiting:       "attend attendra affrontera rencontrera wacht treft trifft erwartet",
		&v.opponents:      "tegenstander opponent bekertegenstander adversaire gegner",
		&v.winners:        "vainqueur vainqueurs victorieux victorieuse",
		&v.nights:         "europa conference champions nations nation jupiler",
		&v.draws:          "loting bekerloting lot tirage morceau auslosung draw",
		&v.competitions:   "league ligue eredivisie bundesliga liga cup",
		&v.belgianLeagues: "jpl cpl po1 po2 1a 1b d1a d1b",

		&v.absent: "zonder mist missen out fit wedstrijdfit matchfit speelklaar inzetbaar hersteld rétabli rétablis apte " +
			"aptes geschorst geblesseerd gehavend gehavende uitgedund uitgedunde onthoofd onthoofde décimé décimée " +
			"décimés amoindri amoindrie diminué diminuée ersatzgeschwächt dezimiert depleted voltallig onzeker " +
			"twijfelachtig forfait blessures blessurezorgen blessureleed ratera récupère absence passer enkelblessure " +
			"blessure knieblessure kuitblessure spierblessure schouderblessure sans privé privée privés privées " +
			"suspendu suspendus blessé blessés absent absents absences manque ohne gesperrt without suspended missing",
		&v.falls:   "valt vallen viel vielen sort sortent sorti sur",
		&v.outs:    "uit blessé blessure",
		&v.without: "zonder mist missen sans privé privée privés privées ohne without manque",
		&v.absentees: "fit wedstrijdfit speelklaar inzetbaar hersteld rétabli rétablis apte aptes absent absents absences " +
			"forfait forfaits blessé blessés suspendu suspendus geschorst geschorste geblesseerd geblesseerde " +
			"afwezig afwezigen gesperrt verletzt suspended injured",
		&v.missing:    "missen zorgen ziekenboeg infirmerie",
		&v.selections: "mist miste recupereert recupereerde récupère récupérait",
		&v.bare:       "zonder sans ohne without",
		&v.numerals:   "deux trois quatre cinq six sept twee drie vier vijf zes zeven zwei fünf two three four",
		&v.injuries: "blessure blessures geblesseerd knieblessure enkelblessure kuitblessure spierblessure schouderblessure " +
			"hamstring hamstringblessure kruisband kruisbanden kruisbandblessure kruisbandletsel meniscus achillespees achillespeesblessure enkelbreuk " +
			"beenbreuk kuitbeen scheenbeen middenvoetsbeentje scheurt scheurde gescheurd croisés fracture lésion élongation entorse " +
			"kreuzbandriss kreuzband twijfelgeval revalidatie herstelt scan blessé blessés indisponible infirmerie " +
			"verletzt verletzung injury injured",
		&v.sidelines: "strijd kant touche",
		&v.limping: "uitvallen uitviel uitvielen strompelen strompelde hinken hinkte afdruipen wegdragen wegvallen " +
			"afhaken blesseren kwetsen sortir quitter boiter ausfallen",
		&v.outside: "buiten aan sur hors",
		&v.sparing: "spaart sparen spaarde",
		&v.penalties: "straf gestraft bestraft boete boetes beboet sanctie sancties geschillencommissie bondsparket " +
			"tuchtcommissie ongeregeldheden wangedrag misdragingen débordements schorsing schorsingen " +
			"schorsingsvoorstel suspension suspensions sperre amende amendes sanction sanctions sanctionné convoqué " +
			"litiges caisse exige écope strafe geldstrafe fine fined",
		&v.redCards: "rood rode uitsluiting rouge exclusion rot platzverweis",
		&v.incidents: "incident incidenten rellen vuurwerk vuurpijlen bengaals ontsierd stilgelegd gestaakt schermutselingen " +
			"ongeregeldheden stopgezette gestaakte stilgelegde spreekkoren incidents débordements fumigènes " +
			"ausschreitungen",

		&v.putting: "zet zetten zette laat laten liet houdt houden stoot stoten met mettent place laisse laissent rejoint " +
			"rejoignent setzt setzen lässt lassen puts put",
		&v.put:      "gezet mis gesetzt",
		&v.pressing: "onder achter van sous en derrière unter hinter under",
		&v.pressure: "druk zich pression tête elle lui eux druck sich pressure",
		&v.drifting: "uitlopen weglopen naderen wegglippen naderbij dichterbij voorbijsteken",
		&v.measures: "minder meer vaker sneller hoger lager sterker zwakker moins plus",
		&v.yardsticks: "record records recept lijn schaduw stijl voetspoor voetsporen spoor sporen erfgenaam prestatie prestaties " +
			"reeks rapport cijfers pas traces recette style ligne héritier performance performances série rekord " +
			"schatten fußstapfen shadow footsteps",
		&v.joining: "over voorbij voorsprong leider leiding plaats stand klassement boven achter steekt haalt klimt " +
			"klimmen wipt wippen springt loopt evenaart rejoint rejoignent rapproche contact place double " +
			"doublent distance distancent dépasse devance suit classement tête talonne vergezelt vervoegt",
		&v.outdoing: "overtreft overtrof evenaart evenaarde verbetert verbeterde overvleugelt onttroont kopieert herhaalt égale " +
			"dépasse surpasse efface imite détrône copie übertrifft surpasses equals",
		&v.models:     "voorbeeld rolmodel inspiratie inspiratiebron lichtend exemple modèle vorbild",
		&v.conditions: "toestanden praktijken taferelen verhältnisse",
		&v.hurting:    "pijn hak loer zuur pad ten troon kraag beentje",
		&v.hurts:      "doen zetten draaien maken brengen stoten vatten lichten",
		&v.coping: "wonden moed lessen kater gefrustreerd frustratie stof moraal voort voortbouwen teert surft doorspoelen " +
			"verteren plaies moral leçons leçon frustré frustration gueule wunden lehren",
		&v.erasing: "uitwissen doorspoelen wegspoelen vergeten rechtzetten goedmaken verwerken verteren uitzweten effacer oublier " +
			"digérer gommer réparer vergessen forget",
		&v.preferred: "préféré préférée verkozen verkoos vorgezogen preferred",
		&v.prefers:   "verkiest verkoos verkiezen kiest koos prefereert préfère préféré liever lieber",
		&v.levels:    "hoogte hauteur égalité level",
		&v.above:     "boven",
		&v.detriment: "détriment",
		&v.waits:     "wacht wachten attend attendent wartet",
		&v.turns:     "maar straks daarna mais puis aber",

		&v.assistants: "t2 assistent assistentcoach assistenttrainer adjoint hulptrainer assistant",
		&v.benches:    "coaching trainer trainers coach entraîneur hoofdtrainer hoofdcoach t1 oefenmeester cheftrainer",
		&v.chief:      "head principal intérimaire interim adjoint t1 t2",
		&v.leagues:    "jpl 1a 1b cpl d1a d1b",
		&v.under:      "onder sous unter under",
		&v.succeeds:   "volgt vervangt remplace remplacer remplacera succède folgt beerbt ersetzt succeeds replaces",
		&v.relays:     "relève relais place plaats suite succession flambeau fakkel",
		&v.called:     "heet heeft appelle heißt called",
		&v.lists:      "lijst lijstje verlanglijstje shortlist liste",
		&v.vacancies: "trainerszoektocht coachzoektocht trainersstoel trainerspost trainersjob trainersdossier trainerskwestie " +
			"trainersloos tussenpaus trainerscarrousel trainersstoelendans trainersmarkt trainersshortlist " +
			"trainerslijst trainerslijstje trainerskandidaat trainerskandidaten trainersuche trainerkandidat",
		&v.benchChange: "trainerswissel coachwissel trainerswissels trainersontslag trainerwissel trainerwechsel",
		&v.returns:     "terug terugkeer keert retour revient return returns zurück rückkehr",
		&v.dismissal: "freigestellt beurlaubt gefeuert entlässt feuert ontslag ontslagen ontslaat trainersontslag c4 limogeage limogé " +
			"licenciement licencié viré remercié remerciée sacked entlassung entlassen",
		&v.farewells: "ontslag vertrek exit afscheid aftocht départ limogeage licenciement éviction renvoi abgang entlassung " +
			"departure dismissal sacking",
		&v.goneTo: "vertrok trok verkaste verhuisde koos verliet ruilde vertrekt parti partie part quitte ging wechselte left",
		&v.leftThen: "verliet vertrok trok ruilde verkaste verhuisde speelde voetbalde stopte quitta quitté quittait parti joua " +
			"évolua verließ wechselte spielte left played",
		&v.costs: "kost kostte kosten coûte coûtent coûté coûtera kostet kostete costs cost betekent betekende bezegelt " +
			"bezegelde scelle scellé teveel veel trop zuviel",
		&v.straws:  "doorslag druppel fataal fatale fatal",
		&v.parting: "vertrekt blijft keert verlaat tekent stapt trekt verkast verhuist",
		&v.handing: "duidt duidde vertrouwt vertrouwde confie confié confient remplace remet remis übergibt entrusts afscheid " +
			"sépare stekker ontslaat limoge trennt samenwerking collaboration zusammenarbeit",
		&v.dropping: "afscheid sépare séparent séparé séparés stekker ontslaat ontsloeg ontslagen ontslag limoge limogé " +
			"vire viré remercie remercié licencié congédié straat deur c4 stop stopgezet beëindigd terme einde " +
			"trennt entlässt entlassen gefeuert sack sacks sacked dismiss dismisses dismissed",
		&v.leaving: "stapte opstappen opgestapt vertrok vertrokken vertrekt verlaat verliet verlaten weg quitte quitté quittera " +
			"démissionné démissionne démission partir parti part claqué verlässt verlassen geht left leaves quits",
		&v.apart:      "op te",
		&v.following:  "volgen",
		&v.takingOver: "opvolgen opvolgt opvolgde vervangen",
		&v.selecting: "roept riep selecteert selecteerde rekent rekende haalt haalde appelle appellera convoque convoquera " +
			"sélectionne sélectionnera verdict liste lijst noyau kern nominiert beruft selects calls",
		&v.forgetting: "vergeten",
		&v.choosing:   "keuze voorkeur zinnen oog choix dévolu misé mise misent préférence wahl",
		&v.landing:    "uit uitgekomen terecht terechtgekomen aangeklopt",
		&v.lots: "missen bricoler innover improviser voortdoen verderdoen aanblijven blijven rester continuer vrezen job " +
			"baan positie stoel krediet steun vertrouwen tribune toekijken operatie reageren ingrijpen puzzelen " +
			"schuiven improviseren bewijzen overtuigen rechttrekken tevreden trots opgelucht punten verwachten zonder " +
			"zich craindre poste place soutien confiance tribunes opération réagir composer redresser prouver " +
			"convaincre fier satisfait points bangen zittern",
		&v.heirs: "opvolger opvolgers opvolging vervanger successeur succession remplaçant nachfolger nachfolge successor " +
			"replacement",
		&v.paying: "gelag betaalde betaald payé pots frais bezahlt paid",
		&v.forNow: "voorlopig tijdelijk vorerst provisoirement temporairement interim",
		&v.blames: "schuldige zondebok boeman held redder architect wonderdokter coupable sauveur architecte schuldiger sündenbock retter culprit",
		&v.coaching: "druk vuur wip knoop knopen wisselt wisselde roteert puzzelen puzzelt kopbrekens kopzorgen ultimatum ontslag ontslagen krediet " +
			"tactiek driemansverdediging sterkhouder sterkhouders pression sellette secoue change remanie chambouleur limogé viré licencié",
		&v.seconds: "assistenten assistent adjoint adjoints assistants",
		&v.interims: "intérim intérimaire interim interimcoach interimtrainer interimperiode overbrugde depanneerde " +
			"interimstrainer",
		&v.helms:   "roer bank teugels commandes barre banc tête manettes steuer",
		&v.leading: "leidt leidde coacht coachte zit zat staat stond dirigera dirige dirigeait coachera leitet leads",

		&v.contracts: "unterschreibt verlängert verlengt verlengd tekent getekend bijgetekend prolonge prolongé signe signé",
		&v.signing:   "signe signer signé signera engage engagé tekent tekende getekend unterschreibt unterschrieb signs signed",
		&v.parted: "kondigt kondigde slaat sloeg slaan leggen trekt trok laat liet legt legde stelt stelde zet zette roept riep zwaait " +
			"zwaaide neemt nam lijft leent haalt halen gooit rondt rondde geeft gaf schrijft maakt maakte pakt " +
			"pakken ziet test stellt stellte leiht gibt",
		&v.dossiers: "dossier transferdossier feuilleton saga soap transfersoap transfersaga",
		&v.pitch: "affaire uitslag resultaat resultaten loot loten places résultat résultats goals goal doelpunt " +
			"doelpunten scoort scoorde scoren debuut debuteert debuteerde basisplaats titularis titularisation " +
			"rugnummer inbraak toernooi tournoi veroordeeld assists debuteren parquet enquête trefzeker oefent " +
			"oefenen ontmoet ontmoeten hérite héritent training trainingen trainen traint stage oefenmatch " +
			"oefenmatchen oefenduel matchen wedstrijden speeldag penalty strafschop topper kraker choc affiche " +
			"derby tickets ticket shirts shirt abonnement abonnementen tribune tribunes supporters fans spandoek " +
			"kijkers rechter rechtbank tribunal justice vakantie verjaardag tv loting beker finale but buts " +
			"marque marquer titulaire titularisé entraînement matches matchs journée billets billet abonnements " +
			"maillot ultras télé police tor tore debüt karten debut decisief décisif décisive titré brille " +
			"explose schittert blinkt europees européen play-offs playoffs vergunning licentie licence",
		&v.prospects: "belofte parel jonkie tiener jeugdproduct smaakmaker sterkhouder uitblinker goalgetter topschutter " +
			"huurling pépite prodige",
		&v.arrivals: "komst arrivée venue visite",
		&v.halves: "neer toe mee aan gaan vertrekken vast voor op uit over in binnen vallen uitvallen links af vrij " +
			"bekend vor ab aus",
		&v.staying:   "blijft verlengt verlengd bijgetekend reste prolonge prolongé rempile bleibt verlängert stays extends",
		&v.remaining: "blijven blijft bijtekenen verlengen rester reste restera resterait prolonger bleiben bleibt stay stays",
		&v.deals: "contractverlenging aanwinst aanwinsten winteraanwinst zomeraanwinst nieuwkomer nieuwkomers versterking " +
			"recrue recrues renfort renforts prolongation neuzugang neuzugänge vertragsverlängerung signing",
		&v.praises:  "prijst looft bewondert verdedigt bekritiseert hekelt fileert feliciteert loue encense défend félicite critique admire tacle praises defends criticises lobt kritisiert verteidigt",
		&v.leavings: "vertrek départ abgang departure",
		&v.exits:    "uitgang uitgangsdeur vertrekkers sortie part partent reste rester abgang exit",
		&v.dealing: "betalen huurt leent roept koopt betaalt legt accueille débourse rappelle récupère achète loue enrôle " +
			"verpflichtet kauft leiht loans",
		&v.comes: "vient viennent venait komt komen kwam kwamen kommt kommen kam comes come",
		&v.wanting: "wil veut zoekt cherche willen azen lonken mikken veulent visent ciblent pistent convoitent suivent wollen " +
			"want",
		&v.wishes:  "weten zou hoopt rekent snakt dringt hengelt espère aimerait voudrait souhaite réclame hofft hopes",
		&v.quests:  "zoek recherche quête suche search besoin nood behoefte need",
		&v.offers:  "bod biedingen aanbod interesse belangstelling voorstel angebot",
		&v.sought:  "target doelwit transferdoelwit cultuur",
		&v.rivalry: "concurrentie concurrence concurrencé concurrencée konkurrenz competition",
		&v.shedding: "liet lieten mislukte mislukten flopte afwees afwezen weigerde weigerden wegstuurde afdankte dumpte " +
			"versmaadde voulait voulaient laissé recalé refusé écarté négligé snobé released rejected",
		&v.employers:   "bij à au du de d chez bei",
		&v.jobs:        "job functie rol uitdaging avontuur werkgever club ploeg stek emploi poste fonction rôle défi aventure stelle aufgabe",
		&v.bygone:      "verleden vergangenheit",
		&v.formerTimes: "nog ook ooit eerder vroeger",
		&v.playedThen:  "uitkwam uitkwamen speelde speelden voetbalde voetbalden keepte keepten scoorde",
		&v.pastTimes: "geleden vorig vorige afgelopen zomer winter januari dernier dernière hiver janvier août letzten sommer " +
			"januar ago last summer january",
		&v.moving:  "trekken gaan vertrekken verhuizen verkassen",
		&v.wasThen: "was waren était fut war was",
		&v.sending: "laat laten liet lieten trekt trok verkast verkaste verhuist verhuisde vertrekt vertrok stapt stapte gaat ging " +
			"stuurt stuurde leent verhuurt verhuren",
		&v.bids: "om voor pour dossier course strijd duel race um for signing",
		&v.outbidding: "haalt haalde troeft troefde steekt stak snel wint won kaapt snoept vist double devance coiffe grille " +
			"souffle bat sticht beats beat stof loef",
		&v.business: "sponsor sponsors hoofdsponsor sponsordeal stadion stadionplannen crisisberaad réunion crisisoverleg " +
			"crisisvergadering versterking versterkingen toekomst bestuur directeur ceo voorzitter eigenaar eigenaars " +
			"overname licentie abonnementen shirt truitje begroting schulden lonen protest protesteren betogen " +
			"nieuwkomer aanwinst transfermarkt mercato bereidt oefenstage stage jaarcijfers programma stade renfort " +
			"renforts avenir direction président actionnaire propriétaire licence maillot dettes reprise protestent " +
			"programme zukunft vorstand präsident eigentümer lizenz",
		&v.becoming: "wordt werd devient devenu wird becomes",
		&v.discarded: "afgeschreven mislukt mislukte geflopt flopte overbodig uitgerangeerd uitgespuwd weggestuurd afgedankt " +
			"doorgestuurd afgevoerd ongewenst verguisd uitgefloten weggefloten genegeerd indésirable rejeté recalé " +
			"écarté sifflé oublié barré aussortiert gescheitert",
		&v.aims:    "om pour um",
		&v.sources: "uit op aus",
		&v.heading: "richting",

		&v.squads: "kern elftal ploeg selectie noyau équipe kader mannschaft team squad",
		&v.players: "spelers doelman spits verdediger verdedigers middenvelder aanvaller aanvallers aanvoerder spelersgroep " +
			"joueurs attaquant attaquants défenseur défenseurs buteur capitaine torwart stürmer players goalkeeper " +
			"striker",
		&v.footballers: "gardien portier joueur milieu médian ailier latéral arrière avant cadre espoir pépite titulaire " +
			"buteur attaquant défenseur speler toptalent keeper doelman back winger flankspeler linksback rechtsback talent " +
			"spits verdediger middenvelder aanvaller spieler torhüter stürmer player goalkeeper midfielder " +
			"defender striker",
		&v.belongings: "banc vestiaire noyau effectif staff entrejeu public camp maillot vareuse drapeau banderole tribune " +
			"mercato onze portier",
		&v.picked:   "selectie kern groep groupe noyau convoqués retenus",
		&v.swapping: "ruilen inruilen ingeruild inruilt ruilt ruilde troque troqué échange échangé",
		&v.setbacks: "puntenverlies nederlaag nederlagen verlies domper dompers misstap misstappen uitschuiver uitschuivers misser missers " +
			"gelijkspel afgang debacle défaite défaites revers partage faux-pas contre-performance niederlage pleite defeat",
		&v.pointing: "de die deze le la ce cette les die diese",
		&v.deeds: "victoire victoires défaite défaites succès revers débâcle déroute naufrage exploit exploits défi sursaut " +
			"réaction remontée élimination qualification transfert transferts recrue recrues crise pressing but buts " +
			"série saison match jeu mur machine armada formation flop rage joie déception colère panne réveil parcours cauchemar " +
			"doute doutes rêve rêves ambition ambitions héros icône dirigeant dirigeants cible piste offre intérêt",
		&v.fans:     "supporters fans aanhangers aanhang ultras anhänger",
		&v.visitors: "uitsupporters uitfans bezoekersvak bezoekende visiteurs visiteur combiregeling buscombi gästefans",
		&v.crowd: "tiener tieners debuut debuteert achttienjarige zeventienjarige zestienjarige negentienjarige " +
			"uitgefloten fluitconcert sifflé sifflés sifflets conspué hué hués basisplaats basiself basiselftal " +
			"bankzitter titulaire tribunes toeschouwers publiek thuispubliek uitverkocht uitverkochte supporters " +
			"fans aanhang supportersfederatie tickets selectie wedstrijdselectie kern bank basis boycot boycotten " +
			"bussen uitvak ultras billets places noyau sélection parcage boycott boycotter anhänger kader",
		&v.ages:    "u14 u15 u16 u17 u18 u19 u20 u21",
		&v.juniors: "fils junior jr zoon sohn",
		&v.mates: "ploegmaat ploegmaats ploegmakker ploegmakkers teamgenoot teamgenoten coéquipier coéquipiers équipier " +
			"équipiers mitspieler teamkollege teammate teammates",
		&v.offices: "voorzitter preses ondervoorzitter erevoorzitter ceo président président-délégué vice-président bestuurder " +
			"clubarts teamarts teammanager vorstandschef präsident chairman president",
		&v.trades: "advocaat schepen burgemeester loodgieter professor dokter notaris minister acteur zanger bakker slager " +
			"leraar directeur agent bourgmestre échevin avocat boulanger docteur notaire chanteur ministre instituteur " +
			"bürgermeister anwalt mayor lawyer",
		&v.sides: "club ploeg team elftal équipe klub verein side",
		&v.clubs: "clubs klubs vereine",
		&v.parties: "ploegen clubs teams équipes formations elftallen kampen camps mannschaften vereine klubs partijen parties " +
			"sides",
		&v.companies:   "co cie compagnie consorten consorts",
		&v.regions:     "limbourgeois limbourgeoise",
		&v.possessives: "son sa ses leur zijn haar hun seinen ihren its their his",
		&v.theirs:      "hun leur leurs ihre ihren their",
		&v.kinsmen:     "siens",
		&v.openers: "zelfs dag merci bedankt welkom adieu adios exit vaarwel hallo bravo chapeau sorry enkel alleen straks morgen vandaag gisteren " +
			"eindelijk plots opnieuw weer toch weg opération adieu bienvenue même seul enfin encore après pauvre cher super operatie project " +
			"plan dossier geval zaak methode effect succes stop help arme lieve",
		&v.moods: "zorgen kopzorgen boze woeste kwade furieuze laaiende razende ziedende woedende trotse blije gelukkige tevreden enthousiaste dolblije " +
			"dolgelukkige euforische strenge kritische scherpe eerlijke openhartige emotionele nuchtere realistische optimistische " +
			"pessimistische voorzichtige ambitieuze duidelijke strijdvaardige strijdlustige zelfzekere zelfkritische gelaten berustende bittere " +
			"kalme rustige ongelukkige machteloze moedeloze verdrietige bescheiden stellige combatieve cynische sarcastische vastberaden " +
			"zieke zwijgzame wanhopige bange huilende lachende twijfelende diplomatische ironische lovende hoopvolle fiere droge harde felle " +
			"open ontevreden verbaasde stomverbaasde tactische sluwe koele ijskoude werkloze jarige debuterende nieuwe ontslagen",
		&v.girls: "bernadette bénédicte benedicte gerarde gertrude",
		&v.gains: "pakt pakte behaalt behaalde boekt boekte wint won verliest verloor lijdt leed viert vierde",
		&v.feats: "scoort scoorde scoren doelpunt doelpunten goal goals hattrick assist assists marque but buts doublé " +
			"triplé buteur passeur trifft tor tore doppelpack scores brace",
		&v.tens:      "twintig dertig veertig vijftig honderd vingt trente quarante cinquante cent zwanzig dreißig twenty thirty vijf zes zeven acht negen tien elf twaalf cinq six sept huit neuf dix onze douze",
		&v.these:     "ce cet ces deze dieser diesen diesem this",
		&v.selves:    "ik me mij mijn j je m mon ma mes moi ich mich mir mein meine i my",
		&v.ourselves: "ik j je we wij ons nous ich wir uns us",
		&v.him:       "hem lui ihn him",

		&v.agencies:        "belga afp anp dpa reuters",
		&v.stamps:          "breaking update video videos vidéo vidéos foto foto's photo photos kijk regarder exclusif exclusief exclusive premium plus",
		&v.rubrics:         "pro league sport sports",
		&v.footballRubrics: "voetbal football foot soccer fussball fußball jpl jupiler d1a d1b 1a 1b",
		&v.authors:         "door par von by",
		&v.imprints: "publié gepubliceerd veröffentlicht published bijgewerkt actualisé aktualisiert updated redactie rédaction redaktion leestijd " +
			"lecture abonnees abonnés abonnenten subscribers januari februari maart april mei juni juli augustus september oktober november " +
			"december janvier février mars avril mai juin juillet août septembre octobre novembre décembre januar februar märz dezember " +
			"january february march june july august october",
		&v.imprintFill: "le la les de het der die the on op om à at uur min minuten minutes minute aux réservé voor door par von by temps notre onze " +
			"jour mis mise vandaag gisteren aujourd'hui hier heute gestern um am today yesterday",
		&v.publishers: "sporza hln het laatste nieuws nieuwsblad mobile gazet van antwerpen belang limburg hbvl gva standaard morgen vrt nws " +
			"rtbf actus info la dh les sports dhnet le soir sudinfo avenir libre dernière heure rtl walfoot voetbalkrant voetbalnieuws voetbalbelgië " +
			"brf grenzecho grenz echo bruzz focus wtv tvl robtv be com net",
		&v.believing:  "croire",
		&v.officially: "officieel officiel official offiziell",
		&v.according:  "volgens selon laut",
		&v.views:      "pour selon volgens laut voor",
		&v.confirming: "bevestigt bevestigde confirme bestätigt confirms",
		&v.greetings:  "proficiat gefeliciteerd bedankt dankjewel merci félicitations bravo danke glückwunsch congratulations",
		&v.denials:    "pas ni niet not",
		&v.eachOther:  "elkaar mekaar elkander s'affrontent s'affronteront s'affrontaient einander aufeinander",
		&v.whoAmong:   "parmi van von de entre tussen",
		&v.acts: "verlengt verlengd tekent getekend bijgetekend bevestigt aangesteld ontslaat prolonge prolongé signe signé " +
			"annonce officialise confirme limoge unterschreibt verlängert entlässt signs extends appoints sacks",
		&v.retorts: "reageert hekelt countert bekritiseert antwoordt repliceert tacklet haalt prikt sneert viseert répond " +
			"réplique rétorque riposte tacle allume recadre dézingue égratigne reagiert antwortet kontert kritisiert " +
			"responds replies hits slams",
		&v.answers: "antwoord antwoorden uitsluitsel réponse répond antwort answer",
		&v.seeing:  "ziet zien zag zagen voit sieht sees",
		&v.opining: "ziet zag vindt vond weet wist denkt dacht noemt noemde tipt tipte kiest schuift raadt twijfelt gelooft " +
			"verwacht voit pense cite propose conseille estime doute croit sieht nennt glaubt thinks sees names",

		&v.ahead: "voor pour avant devant vor before",
		&v.modals: "kan moet mag wil zal zou heeft had is was werd wordt krijgt hoopt gaat blijft ziet doet kiest lijkt leek " +
			"kon moest mocht wilde wou komt kwam neemt nam geeft gaf laat liet trekt trok grijpt greep koos vindt vond " +
			"zag weet wist zoekt zocht begint begon staat stond wint won verliest verloor deed hield houdt kijkt keek " +
			"rekent rekende verwacht verwachtte stelt stelde zet zette bleef haalt haalde mist speelt speelde denkt " +
			"dacht stuurt stuurde legt legde spreekt sprak kreeg ging hoopte leidde leidt loodste loodst kende kent " +
			"maakte maakt riep roept hoorde hoort zat zit liep loopt bracht brengt wees wijst reageert reageerde " +
			"stapte stapt vertrok vertrekt startte start toonde toont sloot sluit besloot besliste beslist",
		&v.conditionals: "zou zouden weleens risque pourrait pourraient serait seraient aurait auraient irait iraient soll sollen könnte might",
		&v.coulds:       "kon mocht wou wilde moest",
		&v.musts:        "mag mocht moet moest devra pourra",
		&v.away:         "weg opstappen vertrekken gaan partir quitter gehen leave go",
		&v.copulas:      "est devient sera wordt is ist wird becomes",
		&v.through:      "tot jusqu bis",
		&v.overtimes:    "strafschoppen verlengingen verlenging penalty's penalties prolongations prolongation tirs verlängerung elfmeterschießen",
		&v.premises: "café cafe frituur friterie brasserie restaurant taverne bistro hotel hôtel bakkerij boulangerie slagerij boucherie " +
			"apotheek pharmacie school basisschool école zaal feestzaal salle cinema cinéma bioscoop camping kapsalon kerk église",
		&v.near:         "vlak vlakbij nabij buurt rand hoogte abords proximité près",
		&v.since:        "sinds depuis seit since",
		&v.both:         "zowel tant sowohl both",
		&v.outOf:        "op sur",
		&v.within:       "en",
		&v.offered:      "bod offre angebot bid",
		&v.roundPoints:  "zes negen twaalf vijftien achttien eenentwintig six neuf douze quinze",
		&v.forMan:       "op voor pour für for",
		&v.transfers:    "transfer transfert",
		&v.notAnymore:   "n plus niet geen langer",
		&v.bodyAndMind:  "physical mental performance fitness strength physique mentale",
		&v.nobody:       "niemand personne nobody",
		&v.another:      "nieuwe nouveau nouvel nouvelle neue neuer neuen new",
		&v.between:      "entre tussen zwischen between",
		&v.with:         "met avec mit with",
		&v.during:       "tijdens lors pendant durant während during",
		&v.travelling:   "trekt trekken gaat gaan reist reizen va vont file goes travels",
		&v.besides:      "outre naast behalve hormis neben außer besides",
		&v.relatives:    "die dat dont que den who",
		&v.predicaments: "situatie toestand crisis malaise onrust chaos problemen situation crise troubles krise lage turmoil",
		&v.alsos:        "ook alsook aussi également auch also",
		&v.about:        "over sur über about",
		&v.whoms:        "wie qui wen wem whom",
		&v.genitives:    "van de du d des von of",
		&v.asWhat:       "als comme tant as",
		&v.ors:          "of ou or oder",
		&v.evens:        "encore même ook zelfs auch sogar even",
		&v.onlys:        "alleen enkel zelfs seul seuls seule même nur sogar only even",
		&v.pairs:        "beide twee deux beiden both",
		&v.duos:         "duo tweetal tandem",
		&v.trios:        "drie trois drei three trio drietal",
		&v.counts:       "twee deux",
		&v.better:       "beter mieux besser better slechter pire schlechter worse",
		&v.being:        "zijn zijn's sommes est suis ben is sind are",
		&v.ordinals: "eerste tweede derde vierde vijfde zesde premier deuxième second troisième quatrième cinquième sixième zweiter " +
			"dritter vierter zweiten dritten vierten second third fourth fifth",
		&v.degrees:      "plus moins aussi mieux autant meilleur meilleure",
		&v.que:          "que qu",
		&v.behind:       "achterna",
		&v.mirrors:      "spiegelt spiegelen spiegelde spiegelden meet meten",
		&v.despite:      "ondanks malgré trotz despite",
		&v.conjunctions: "dat terwijl omdat hoewel waarna zodat nadat voordat wanneer waarom waarmee waardoor hoe tenzij zolang",
		&v.thens:        "later daarna nadien vervolgens ensuite puis dann danach then",
		&v.where:        "waar où wo where",
		&v.noes:         "geen niet noch pas ni kein weder no",
		&v.nors:         "ni noch weder",
		&v.concessions: "tegengoal tegengoals tegendoelpunt tegendoelpunten tegentreffer gelijkmaker slotfase slotminuten " +
			"puntenverlies égalisation gegentor gegentreffer ausgleich",
		&v.untils: "voor vooraleer voordat alvorens bevor before",
		&v.visiting: "bezoek komt langskomt langs aandoet afzakt neerstrijkt aanklopt vienne débarque arrive rende kommt " +
			"gastiert visit come arrive",
		&v.spans: "lendemain jour jours semaine semaines mois heures minutes dag dagen week weken maand maanden uur uren tag " +
			"tage tagen woche wochen monat monate day days weeks month months hours",
		&v.alreadys: "al reeds déjà bereits schon already",
		&v.earlier:  "eerder reeds auparavant avait avaient zuvor earlier previously",
		&v.days: "lundi mardi mercredi jeudi vendredi samedi dimanche soir maandag dinsdag woensdag donderdag vrijdag " +
			"zaterdag zondag maandagavond dinsdagavond woensdagavond donderdagavond vrijdagavond zaterdagavond " +
			"zondagavond zondagnamiddag zondagmiddag zaterdagnamiddag montag dienstag mittwoch donnerstag freitag " +
			"samstag sonntag samstagabend abend",

		&v.courts: "gericht handelsgericht arbeitsgericht landgericht arbeidsrechtbank handelsrechtbank ondernemingsrechtbank " +
			"krankenhaus gefängnis universität parquet tribunal prison hôpital université parket rechtbank gevangenis " +
			"ziekenhuis universiteit",
		&v.authorities: "polizei feuerwehr politie parket burgemeester brandweer schepen gemeente stad politiezone " +
			"politierechtbank",
		&v.amateurs: "kreisliga provinzklasse amateurclub amateurclubs amateurploeg amateurvoetballer amateurvoetballers " +
			"amateurspeler amateurtrainer amateur amateurs provincialer provincialers eersteprovincialer " +
			"tweedeprovincialer derdeprovincialer vierdeprovincialer arbiter arbiters scheidsrechter scheidsrechters " +
			"jeugdclub futsalclub zaalvoetbalclub",
		&v.provinces: "p1 p2 p3 p4 provinciale provincialer provincialers derdeprovincialer vierdeprovincialer amateurvoetbal",

		&v.play: "corner corners strafcorner strafcorners outs temps buzzer",
	}
}
