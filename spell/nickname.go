package spell

import "strings"

// nicknameRows are forenames and their short forms, the formal name first, in
// readings of a–z. They are compiled by hand from common knowledge of Russian
// and Ukrainian, English, Spanish and Portuguese, German, Polish and Turkish. A
// short form may belong to several names. English forms stand beside Russian
// ones, since emigrants have both (Mikhail, Michael); other equals in two
// languages (Juan, John) are two names.
const nicknameRows = `
aleksandr alexander sasha sanya shura sashko oleksandr alex aleks alec sandy xander sander aleksander olek
aleksandra alexandra sasha shura sandra lexi
aleksey alexei alexey lyosha lesha alyosha alyokha oleksiy
anastasia anastasiya nastya nastia stasya
anatoly anatoliy tolya tolik
andrey andrei andriy andryusha andrew
anna anya anyuta nyura hanna
anton antosha tosha
boris borya borka
valentin valya
valentina valya
valery valeriy valera
vasily vasiliy vasya vasyl
viktor victor vitya
vladimir volodya vova vovka volodymyr vladi
vladislav vladik slava vlad
vyacheslav viacheslav slava
gennady gennadiy gena
georgy georgiy gosha zhora george
grigory grigoriy grisha hryhoriy gregory
daria darya dasha
dmitry dmitriy dima mitya dimitri dmytro dimitar
evgeny evgeniy yevgeny yevgeniy zhenya yevhen eugene gene
evgenia evgeniya yevgenia zhenya
ekaterina yekaterina katya katia kateryna katerina catherine katherine
elena yelena lena lenochka olena alyona helen helena
elizaveta yelizaveta liza
ivan vanya vanka ioann
igor ihor
ilya ilyusha
irina ira irisha iryna irene
konstantin kostya kostyantyn constantine
ksenia kseniya ksyusha oksana xenia
leonid lyonya lenya
lyubov lyuba
lyudmila ludmila lyuda lyusya mila lyudmyla
maria mariya masha marusya
marina marisha
mikhail misha mishka mykhailo michael
nadezhda nadya nadia nadiya
natalia nataliya natalya natasha nata natalie
nikita nikitka mykyta
nikolay nikolai kolya mykola nicholas
oleg oleh olezhka
olga olya olha
pavel pasha pavlik pavlo paul
pyotr petr petya petro peter
roman roma
ruslan rusik
svetlana sveta svitlana
semyon semen syoma
sergey sergei seryozha seriozha serhiy
stanislav stas slava stanislaw
stepan styopa stephen
tatiana tatyana tanya tania tetyana
timofey tima
fyodor fedor fedya teodor theodore
yulia yuliya yulya julia
yury yuriy yura yurii
yakov yasha jacob
yaroslav slava yarik
albert al bert
alfred al fred
benjamin ben benny benji
charles charlie chuck
christopher chris kit christoph
christina christine chris tina
daniel dan danny dani danilo danil
david dave dawid davyd
deborah deb debbie
donald don donny
dorothy dot dolly
edward ed eddie ted ned
francis frank fran
frederick fred freddie
gerald gerry jerry
harold harry hal
henry harry hank
james jim jimmy jamie
jennifer jen jenny
jessica jess
john jack johnny jon
jonathan jon
joseph joe joey
joshua josh
kenneth ken kenny
lawrence larry
leonard leo len lenny
louis lou
margaret maggie meg peggy marge rita
matthew matt
nathaniel nathan nate
patricia pat patty tricia
patrick pat paddy
philip phil
raymond ray
rebecca becky becca
richard dick rick ricky rich
robert rob bob bobby robbie bert
ronald ron ronny
samuel sam sammy
sarah sally sara
susan sue suzy
terence terry
theresa terry tess teresa tere
thomas tom tommy
victoria vicky viktoria
vincent vince vinny
virginia ginny
walter walt wally
william will bill billy willy
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
ricardo ricky rico
alejandro alex ale
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
jose ze zeca
andrew andy drew
anthony tony toni
antonio toni toño
nicholas nick nicky nico
michael mike mikey mick micky
miguel migue
elizabeth eliza liz lizzie beth betty betsy
catherine katherine kathryn kate katie cathy kathy
george georgie
gregory greg
jacob jake
peter pete
stephen steven steve
theodore ted teddy theo
timothy tim
johannes hans hannes johann
nikolaus klaus niklas
joao joaozinho
maria mari mariya
abraham abe avi
krzysztof krzys
malgorzata gosia
katarzyna kasia
mohammed mo
mustafa musti
abdullah apo
ibrahim ibo
`

// nicknames gives the names of which a heard word is a form; formals the
// skeletons of those names, at the cost of a key by which a short form is found.
var nicknames, formals = func() (map[string][]uint16, []folded) {
	m := map[string][]uint16{}
	var names []folded
	for row := range strings.Lines(nicknameRows) {
		words := strings.Fields(row)
		if len(words) == 0 {
			continue
		}
		id := uint16(len(names))
		names = skeletons(sounds(words[0], nil), names, 1)
		names[id].cost += nickCost
		for _, w := range words {
			h := string(sounds(lettersOnly(w), nil))
			m[h] = append(m[h], id)
		}
	}
	return m, names
}()
