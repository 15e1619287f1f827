package spell

import "strings"

// nicknameRows are forenames and their short forms, the formal name first, in
// readings of a–z. They are compiled from common knowledge of the languages:
// Russian and Ukrainian, English, Spanish and Portuguese, German, Italian,
// Polish, Arabic, Turkish. A short form may belong to several.
const nicknameRows = `
aleksandr alexander sasha sanya shura sashko oleksandr alex aleks alec sandy xander sander sandro alejandro aleksander olek alessandro
aleksandra alexandra sasha shura alessandra alejandra sandra lexi
aleksey alexei alexey lyosha lesha alyosha alyokha oleksiy alexis
anastasia anastasiya nastya nastia stasya
anatoly anatoliy tolya tolik
andrey andrei andriy andryusha andrew andy drew andreas andres andrzej
anna anya anyuta nyura ann anne annie anita hanna
anton antosha tosha anthony antony tony toni antonio tonio toño antoine
boris borya borka
valentin valya valentina
valery valeriy valera
vasily vasiliy vasya vasyl basil
viktor victor vitya vic
vladimir volodya vova vovka volodymyr vladi
vladislav vladik slava vlad
vyacheslav viacheslav slava
gennady gennadiy gena
georgy georgiy gosha zhora georges georg george jorge jerzy yuriy
grigory grigoriy grisha hryhoriy gregory greg
daria darya dasha
dmitry dmitriy dima mitya dimitri dmytro dimitar
evgeny evgeniy yevgeny yevgeniy zhenya eugene gene yevhen eugenio
evgenia evgeniya yevgenia zhenya
ekaterina yekaterina katya katia kateryna katerina catherine katherine kathryn kate katie cathy kathy catalina
elena yelena lena lenochka olena helen helena alyona
elizaveta yelizaveta liza elizabeth eliza liz lizzie beth betty betsy isabel
ivan vanya vanka john jean juan giovanni johann johannes hans ioann
igor ihor
ilya ilyusha
irina ira irisha iryna irene
konstantin kostya kostyantyn constantine
ksenia kseniya ksyusha oksana xenia
leonid lyonya lenya
lyubov lyuba
lyudmila ludmila lyuda lyusya mila lyudmyla
maria mariya masha marusya mary maryam mariam miriam maryna
marina marisha
mikhail misha mishka mykhailo michael mike mikey mick miguel michel mikael michal
nadezhda nadya nadia nadiya
natalia nataliya natalya natasha nata natalie
nikita nikitka mykyta
nikolay nikolai kolya mykola nicholas nick nico nicolas klaus niklas
oleg oleh olezhka
olga olya olha
pavel pasha pavlik pavlo paul pablo paolo paulo
pyotr petr petya petro peter pete pedro pietro pierre
roman roma
ruslan rusik
svetlana sveta svitlana
semyon semen syoma simon
sergey sergei seryozha seriozha serhiy sergio serge
stanislav stas slava stanislaw
stepan styopa stephen steven steve stephan stefan esteban
tatiana tatyana tanya tania tetyana
timofey tima timothy tim
fyodor fedor fedya theodore ted teodor
yulia yuliya yulya julia julie
yury yuriy yura yurii
yakov yasha jacob jakob jack jaime
yaroslav slava yarik
albert al bert alberto
alfred al fred alfredo
benjamin ben benny benji
charles charlie chuck carlos karl carl
christopher chris kit christoph cristobal
christina christine chris tina cristina kristina
daniel dan danny dani danilo danil
david dave davey dawid davyd
deborah deb debbie
donald don donny
dorothy dot dolly
edward ed eddie ted ned eduardo eduard
francis frank fran francisco paco pancho franz francesco
frederick fred freddie friedrich federico
gerald gerry jerry
harold harry hal
henry harry hank heinrich enrique henri enrico
james jim jimmy jamie jaime jacobo diego santiago
jennifer jen jenny
jessica jess
john jack johnny jon
jonathan jon
joseph joe joey jose pepe josef giuseppe yosef yusuf
joshua josh
kenneth ken kenny
lawrence larry lorenzo lars
leonard leo len lenny
louis lou luis luigi ludwig
margaret maggie meg peggy marge rita margarita
martha marta
matthew matt mateo matteo matthias
nathaniel nathan nate
patricia pat patty tricia
patrick pat paddy patricio
philip phil felipe filip
raymond ray ramon
rebecca becky becca
richard dick rick ricky rich ricardo
robert rob bob bobby robbie bert roberto
ronald ron ronny
samuel sam sammy
sarah sally sara
susan sue suzy susanna
terence terry
theresa terry tess teresa tere
thomas tom tommy tomas tommaso
victoria vicky viktoria
vincent vince vinny vicente vincenzo
virginia ginny
walter walt wally
william will bill billy willy liam wilhelm guillermo guglielmo
zachary zach zack
concepcion concha conchita
dolores lola
eduardo lalo
enrique quique kike
fernando nando fer
francisco paco pancho kiko curro
gabriel gabi gabo
gregorio goyo
guadalupe lupe lupita
guillermo memo
ignacio nacho
jesus chuy chucho
jose pepe chepe
luis lucho
manuel manolo manny
mercedes meche
rafael rafa
rosario charo chayo
roberto beto
alberto beto
humberto beto
salvador chava
sergio checo
vicente chente
wolfgang wolf
heinrich heinz heiner
katharina kathe
joaozinho joao
jose ze zeca
krzysztof krzys
malgorzata gosia
katarzyna kasia
mohammed muhammad mehmet mohamed mo
mustafa musti
abdullah apo abdallah
ibrahim ibo abraham avraham abe
suleyman suleiman solomon
`

// nicknames gives the names of which a heard word is a form; formals the
// sounds of those names.
var nicknames, formals = func() (map[string][]uint16, []string) {
	m := map[string][]uint16{}
	var names []string
	for row := range strings.Lines(nicknameRows) {
		words := strings.Fields(row)
		if len(words) == 0 {
			continue
		}
		id := uint16(len(names))
		names = append(names, sounds(words[0]))
		for _, w := range words {
			h := sounds(lettersOnly(w))
			m[h] = append(m[h], id)
		}
	}
	return m, names
}()
