package clustering

import "strings"

// concept is what a word means, in any language.
type concept string

// event is a sort of thing that happens. Two articles about one player on one day
// tell the same story only if they tell of the same sort of event.
type event string

// The events.
const (
	transfer   event = "transfer"
	contract   event = "contract"
	coaching   event = "coaching"
	injury     event = "injury"
	comeback   event = "comeback"
	suspension event = "suspension"
	match      event = "match"
	preview    event = "preview"
	selection  event = "selection"
	draw       event = "draw"
	money      event = "money"
	board      event = "board"
	ground     event = "ground"
	fans       event = "fans"
	award      event = "award"
	retirement event = "retirement"
	private    event = "private"
)

// lexicon is what the words of the four languages mean for comparing stories. It
// never changes after newLexicon.
type lexicon struct {
	words    map[string]concept // folded words
	phrases  map[string]concept // folded words with spaces, within a text
	prefixes map[string]concept // folded beginnings, of five letters or more
	events   map[concept]event
	function map[string]bool   // words that say nothing
	common   map[string]bool   // capital words that are no protagonists
	exonyms  map[string]string // other languages' names of places and countries
}

// meaning is one line of the table: words with * stand for all that begin so, words
// with hyphens for a phrase.
type meaning struct {
	concept concept
	event   event
	words   string
}

func meanings() []meaning {
	return []meaning{
		{"sign", transfer, "tekent signe signs tekende ondertekent strikt recrute recrutement haalt aanwinst aanwinsten versterking versterkt versterkingen renfort* recrue* engage* aangetrokken attire nieuwkomer verpflichtet neuzugang signing holt verkast ruilt"},
		{"leave", transfer, "vertrekt vertrek quitte depart departs verlaat verlaten exit sortie weggaan abgang wechsel* leaves"},
		{"transfer", transfer, "transfer* transfert* overstap* mercato zomermercato wintermercato"},
		{"loan", transfer, "huurt huur uitgeleend verhuurd verhuurt leent pret prete loue location loan leihe huurdeal uitleenbeurt gehuurd"},
		{"bid", transfer, "bod biedt bieding boden offre offres offer bid angebot"},
		{"interest", transfer, "klopt-aan interesse interesseert geinteresseerd interet interesse* piste pistes lonkt aast mikt viseur interest wil target doelwit vise cible azen"},
		{"agree", transfer, "akkoord accord overeenkomst deal einigung agreement principeakkoord"},
		{"sell", transfer, "verkoopt verkocht verkoop verkopen vend vendre vendra vendu vente sells sold verkauft cede"},
		{"fee", transfer, "transfersom transferprijs afkoopsom clausule clause indemnite montant prijskaartje"},
		{"release", transfer, "ontbonden ontbinding ontbindt resilie resilient rupture transfervrij vrij-van libre-de-tout uit-elkaar punt-achter zet-punt vertragsauflosung"},
		{"medical", transfer, "medische medische medicaux medical"},
		{"extend", contract, "verlengt verlengd verlenging bijgetekend bijtekent prolonge prolongation prolonger verlangert contractverlenging extends langer-vast langer-bij blijft-langer langer-in nieuw-contract new-contract nouveau-contrat tekent-bij-tot neuer-vertrag"},
		{"contract", "", "contract contrat vertrag contracten"},
		{"sack", coaching, "ontslaat ontslagen ontslag limoge limogeage licencie licenciement vire evince ecarte sacked entlassen entlasst doorgestuurd"},
		{"appoint", coaching, "aangesteld aanstelling stelt benoemd nomme nomination intronise opvolger opvolgt successeur succede appointed nachfolger trainerswissel"},
		{"replacement", "", "vervanger vervangt remplacant remplace ersatz replacement"},
		{"coach", "", "trainer trainers coach coaches entraineur* oefenmeester hoofdcoach hoofdtrainer t1 technique bondscoach selectionneur nationaltrainer coachs mentor"},
		{"sack", coaching, "niet-langer-trainer niet-langer-coach niet-langer-de-trainer plus-l-entraineur plus-le-coach se-separe-de-son met-fin-a-la-collaboration"},
		{"resign", coaching, "demissie demission ontslagneming opgestapt stapt demissionne"},
		{"injury", injury, "blessure* geblesseerd* blesse blesses blessee verletz* injury injured letsel kwetsuur uitgevallen forfait"},
		{"hamstring", injury, "hamstring* ischio* dijspier cuisse oberschenkel dijblessure"},
		{"cruciate", injury, "kruisband* croise croises ligament* kreuzband*"},
		{"knee", injury, "knie genou knieblessure"},
		{"ankle", injury, "enkel cheville enkelblessure"},
		{"calf", injury, "kuit mollet"},
		{"muscle", injury, "spierblessure musculaire spierscheur spier dechirure scheur"},
		{"broken", injury, "breuk gebroken brak fracture fracturee casse brise gebrochen"},
		{"toe", injury, "teen orteil zeh"},
		{"finger", injury, "vinger doigt pols poignet"},
		{"back", injury, "rug dos rugklachten rucken"},
		{"shoulder", injury, "schouder epaule schulter"},
		{"groin", injury, "lies liesblessure adducteurs pubis aine leiste"},
		{"surgery", injury, "operatie geopereerd operation opere operee operiert chirurgie mes"},
		{"out", injury, "prive-de weken-zonder maanden-zonder buiten indisponible onbeschikbaar absent aan-de-kant mist missen rate ratera manque fehlt zijkant revalidatie inactiviteit absence afwezig forfaits strijd"},
		{"return", comeback, "terugkeer terugkeert keert hervat hervatte herstel hersteld retour reprend reprise rentree comeback fit guerison wieder ruckkehr groepstraining returns"},
		{"banned", suspension, "geschorst* schorsing* suspendu* suspension* gesperrt banned speeldagen-schorsing"},
		{"red", suspension, "rood rode-kaart rouge exclu exclusion uitgesloten uitsluiting"},
		{"fine", suspension, "boete amende sanction* straf bestraft gestraft bondsparket parquet geldboete sanctie sancties"},
		{"win", match, "wint won zege zeges overwinning klopt verslaat gagne remporte bat battu victoire domine s'impose impose siegt sieg win wins beat beats overklast overtuigt afgedroogd vernedert thuiszege derbyzege driepunter winst"},
		{"lose", match, "verliest verloor nederlaag defaite incline perd battue perdu thuisnederlaag niederlage verliert onderuit loses lost gaat-onderuit verlies"},
		{"tie", match, "gelijk gelijkspel puntendeling nul partage unentschieden remise draws deelt delen"},
		{"goal", match, "doelpunt doelpunten goal goals but buts tor tore treffer treffers scoort scoorde marque inscrit buteur hattrick hat triple"},
		{"penalty", match, "strafschop strafschoppen penalty penaltys elfmeter elfmeetje"},
		{"eliminate", match, "uitgeschakeld elimine elimination uitschakeling qualifie qualification kwalificatie kwalificeert gekwalificeerd bekert stoot"},
		{"match", "", "match wedstrijd duel rencontre partie spiel clash topper derby treffen"},
		{"lineup", preview, "opstelling opstellingen basis basiself compo compos composition titulaire onze aufstellung elftal basiself vermoedelijke probables"},
		{"ahead", preview, "vooruitblik deplacement voorbeschouwing vooravond voorspelling pronostic avant-match avant-le-match aan-de-vooravond zo-starten waar-en-wanneer"},
		{"select", selection, "selectie selection selectionne geselecteerd opgeroepen oproept oproep convoque liste noyau kader liste appele lijst rappelle nominiert aufgebot selecteert roept"},
		{"draw", draw, "loting tirage auslosung geloot tegenstander tegenstanders adversaire adversaires loot"},
		{"debt", money, "schulden dette dettes financieel financier financiere miljoenenverlies tekort deficit omzet boekjaar verlieslatend jaarcijfers"},
		{"takeover", board, "overname overgenomen rachat reprise repreneur investeerder investisseur* aandeelhouder actionnaire eigenaar proprietaire aandelen takeover"},
		{"chairman", board, "voorzitter president bestuur ceo direction directeur sportdirecteur directie raad"},
		{"licence", board, "licentie licence lizenz cbas bas"},
		{"stadium", ground, "stadion stade stadium nieuwbouw tribune bouwvergunning permis vergunning grasmat pelouse"},
		{"supporters", fans, "supporters fans ultras tifo sfeer boycot boycott bengaals fumigenes rellen incidents hooligans fanzone"},
		{"tickets", fans, "tickets abonnementen abonnements uitverkocht ticketverkoop guichets kaarten billets"},
		{"trophy", award, "gouden-schoen soulier schoen trofee trophee trophy award prijs prix verkozen elu"},
		{"retire", retirement, "afscheid pensioen carriere-einde raccroche retraite schoenen-aan-de-haak stopt arrete carriere"},
		{"wedding", private, "trouwt mariage huwelijk vader pere papa baby geboren zoontje vriendin overleden deces decede overlijden"},
		{"keeper", "", "doelman keeper goalkeeper gardien* portier torwart sluitpost"},
		{"striker", "", "spits aanvaller attaquant avant-centre buteur sturmer striker topschutter"},
		{"midfielder", "", "middenvelder milieu milieux mittelfeldspieler spelmaker"},
		{"defender", "", "verdediger defenseur arriere linksachter rechtsachter verteidiger centrale lateral"},
		{"winger", "", "flankaanvaller flank ailier vleugelspeler vleugel flugelspieler winger"},
		{"captain", "", "kapitein aanvoerder capitaine kapitan captain"},
		{"talent", "", "talent talentvolle belofte jeune jonge espoir pepite toptalent jeugdspeler tiener"},
		{"millions", "", "miljoen miljoenen million millions millionen"},
		{"weeks", "", "weken semaines wochen weeks week semaine"},
		{"months", "", "maanden mois monate months maand"},
		{"season", "", "seizoen saison season"},
		{"cup", "", "beker coupe pokal cup croky"},
		{"title", "", "titel titre meister kampioen champion champions landstitel"},
		{"final", "", "finale final halve demi-finale"},
		{"referee", "", "scheidsrechter ref arbitre arbitrage schiedsrichter var"},
		{"derby", "", "derby"},
		{"year", "", "jaar ans jahr years an"},
		{"training", "", "training entrainement stage trainingskamp trainingslager"},
		{"criticism", "", "kritiek critique critiques uithaal haalt-uit hekelt bekritiseerd scherp"},
		{"u23", "", "beloften espoirs u23 jeugd"},
		{"women", "", "vrouwen dames feminine feminines frauen women flames"},
	}
}

func newLexicon() lexicon {
	l := lexicon{
		words: map[string]concept{}, phrases: map[string]concept{}, prefixes: map[string]concept{}, events: map[concept]event{},
		function: wordSet(functionWords), common: wordSet(commonNames), exonyms: map[string]string{},
	}
	for _, m := range meanings() {
		if m.event != "" {
			l.events[m.concept] = m.event
		}
		for _, w := range strings.Fields(m.words) {
			if stem, ok := strings.CutSuffix(w, "*"); ok {
				l.prefixes[stem] = m.concept
				l.words[stem] = m.concept
			} else if strings.Contains(w, "-") {
				l.phrases[" "+strings.ReplaceAll(w, "-", " ")+" "] = m.concept
			} else if _, ok := l.words[w]; !ok {
				l.words[w] = m.concept
			}
		}
	}
	for line := range strings.Lines(exonymTable) {
		names := strings.Fields(line)
		for _, name := range names {
			l.exonyms[name] = names[0]
		}
	}
	return l
}

// lookup returns what a folded word means. Dutch and German compounds are known
// by their last part: "knieblessure" is an injury.
func (l lexicon) lookup(folded string) (concept, bool) {
	if c, ok := l.words[folded]; ok {
		return c, true
	}
	for n := min(len(folded)-1, 12); n >= 5; n-- {
		if c, ok := l.prefixes[folded[:n]]; ok {
			return c, true
		}
	}
	for n := 3; n <= len(folded)-5; n++ {
		if c, ok := l.words[folded[n:]]; ok {
			return c, true
		}
	}
	return "", false
}

// exonym returns the one name under which a place is compared.
func (l lexicon) exonym(folded string) string {
	if name, ok := l.exonyms[folded]; ok {
		return name
	}
	return folded
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// functionWords say nothing about the event.
const functionWords = `
de het een en van in op te dat die is zijn was waren wordt worden werd voor met aan bij naar uit over om als door tot ook maar niet geen
nog al dan toch wel heeft hebben had er hij zij ze hun haar hem ik je we wij u men dit deze daar hier waar wat wie hoe zo zou zal kan kon
moet mag meer na tegen onder tussen tijdens sinds zonder zich want omdat zodat terwijl eens even weer nu al alle alles andere eigen nieuwe
nieuw eerste tweede laatste goed goede grote groot veel weinig heel zeer echt eindelijk opnieuw opvallend opvallende straffe officieel
le la les un une des du de d l et est sont a au aux en dans par pour sur avec sans pas ne plus que qui quoi ou se sa son ses ce cet cette
ces il elle ils elles on nous vous je tu y ete etre avoir fait faire tres bien comme mais donc car si apres chez entre depuis vers lors
deja encore tout tous toute toutes leur leurs meme aussi premier premiere dernier derniere nouveau nouvelle grand grande c s qu n j m t
officiel officielle enfin
der die das ein eine einen dem den und ist im in zu auf mit von fur nicht auch sich als nach bei aus hat wird war
the a an and of to in on for with at by from is are was were be has have had it its his her their this that as but not after
opvallende opvallend straffe verrassende verrassend bittere zware zwaar pijnlijke pijnlijk slecht slechte sterke jonge belangrijke enorme
coup gros grosse belle mauvaise mauvais surprise incroyable terrible enorme jeune pourquoi comment voici waarom hoezo wat wanneer straks morgen
fans club clubs trainer spelers joueurs drama domper tegenslag opluchting breaking exclusief exclusif nouveau heureux
live video foto fotos photo photos breaking officieel officiel update poll stem`

// commonNames are capital words that do not tell one story from another.
const commonNames = `
champions league europa conference nations pro jupiler jpl cpl challenger cup croky beker coupe supercup wk ek mondial euro uefa fifa
belgie belgique belgien belgium belg belgen belge belges belgisch belgische belgischen vlaamse vlaams waalse wallon rode duivels duivel
red flames diables diable rouges kbvb urbsfa hln sporza rtbf rtl dh sudpresse sudinfo sacha tavolieri nieuwsblad belga voetbalkrant walfoot
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag lundi mardi mercredi jeudi vendredi samedi dimanche
januari februari maart april mei juni juli augustus september oktober november december janvier fevrier mars avril mai juin juillet aout
septembre octobre novembre decembre fc kv sk rsc krc kvc kaa raal ohl stvv rwdm rc as club union sporting royal royale racing united city
brugge bruges gent gand genk luik liege luttich standard anderlecht antwerp antwerpen anvers charleroi westerlo leuven louvain truiden trond
mechelen malines malinwa kave zulte waregem essevee dender louviere kortrijk courtrai beveren beerschot lommel eupen lierse lier patro eisden
maasmechelen seraing rochefort borains jong sint saint gilloise gilles cercle buffalo buffalos buffalo's rouches zebres carolos canaris kanaries
mauves paars-wit paars wit zwart blauw groen unionisten unionistes limburgers limbourgeois brusselaars brugeois gantois liegeois
instagram twitter facebook tiktok play playoffs offs nxt futures u21 u23 var ceo td t1 d1 d1b`

// exonymTable has a place a line, in all its spellings.
const exonymTable = `
spanje espagne spanien spain
duitsland allemagne deutschland germany
frankrijk france frankreich
italie italien italy
engeland angleterre england
nederland netherlands niederlande hollande
turkije turquie turkei turkey
kroatie croatie kroatien croatia
zwitserland suisse schweiz switzerland
portugal
polen pologne poland
oekraine ukraine
servie serbie serbien serbia
wales galles
schotland ecosse schottland scotland
ierland irlande irland ireland
oostenrijk autriche osterreich austria
hongarije hongrie ungarn hungary
tsjechie tchequie tschechien
zweden suede schweden sweden
noorwegen norvege norwegen norway
denemarken danemark danemark denmark
finland finlande finnland
griekenland grece griechenland greece
roemenie roumanie rumanien romania
bulgarije bulgarie
slovenie slovenia
slovakije slovaquie
ijsland islande iceland
marokko maroc morocco
egypte egypt agypten
algerije algerie
tunesie tunisie
ivoorkust ivoire
senegal
kameroen cameroun
kazachstan kazakhstan
georgie georgia
brazilie bresil brasilien brazil
argentinie argentine argentinien argentina
mexico mexique
japan japon
rijsel lille
londen londres london
milaan milan
rome roma
napels napoli naples
parijs paris psg
keulen cologne koln
munchen munich bayern
kopenhagen copenhague copenhagen
lissabon lisbonne lisbon
athene athenes
moskou moscou
saoedi arabie saudi
noord-macedonie macedoine macedonie`
