package spell

import "strings"

// japaneseNames lists names whose reading is not that of their characters.
var japaneseNames = readingsByName(`
服部 hattori
長谷川 hasegawa
五十嵐 igarashi
東海林 shoji
久保 kubo
日下部 kusakabe
大和 yamato
飛鳥 asuka
長谷部 hasebe
武蔵 musashi
和泉 izumi
小鳥遊 takanashi
田中 tanaka
渡辺 watanabe
渡邊 watanabe
渡邉 watanabe
小林 kobayashi
中村 nakamura
佐藤 sato
伊藤 ito
加藤 kato
斎藤 saito
斉藤 saito
齋藤 saito
後藤 goto
近藤 kondo
工藤 kudo
安藤 ando
遠藤 endo
内藤 naito
佐々木 sasaki
岡本 okamoto
上田 ueda
上野 ueno
大谷 otani ohtani
小川 ogawa
大川 okawa ohkawa
大野 ono ohno
小野 ono
小山 koyama oyama
菅 suga kan
菅原 sugawara
東 azuma higashi
原 hara
林 hayashi
森 mori
堀 hori
関 seki
辻 tsuji
谷 tani
島 shima
嶋 shima
南 minami
北 kita
西 nishi
一郎 ichiro
二郎 jiro
次郎 jiro
三郎 saburo
四郎 shiro
五郎 goro
一 hajime kazu
誠 makoto
翔 sho kakeru
蓮 ren
湊 minato
凛 rin
葵 aoi
陽菜 hina haruna
結衣 yui
美咲 misaki
桜 sakura
愛 ai
恵 megumi
恵美 emi
舞 mai
学 manabu
勇 isamu yu
進 susumu
茂 shigeru
清 kiyoshi
実 minoru
豊 yutaka
正 tadashi masa
隆 takashi
浩 hiroshi
博 hiroshi
剛 tsuyoshi go
健 ken takeshi
武 takeshi
明 akira
徹 toru
薫 kaoru
光 hikaru mitsu
守 mamoru
昇 noboru
修 osamu
治 osamu
純 jun
潤 jun
望 nozomi
忍 shinobu
歩 ayumu ayumi
遥 haruka
楓 kaede
翼 tsubasa
大翔 hiroto haruto
陽翔 haruto
悠真 yuma
大輝 daiki
大和 yamato
拓海 takumi
裕子 yuko hiroko
優子 yuko
洋子 yoko
陽子 yoko haruko
京子 kyoko
恭子 kyoko
由美子 yumiko
真由美 mayumi
直美 naomi
智子 tomoko
幸子 sachiko yukiko
和子 kazuko
節子 setsuko
久美子 kumiko
明美 akemi
裕美 hiromi
`)

// kanjiReadings lists how characters are read in Japanese names: in family
// names and in given names, the commoner first.
var kanjiReadings = readingsByName(`
田 ta da
中 naka
山 yama
川 kawa gawa
河 kawa ko
村 mura
本 moto
木 ki gi
井 i
上 kami ue
下 shimo shita
石 ishi
林 bayashi hayashi rin
森 mori shin
野 no ya
原 hara wara bara
藤 to do fuji
佐 sa suke
伊 i
加 ka
近 kon
遠 en
後 go
安 an yasu a
斎 sai
斉 sai
工 ku
内 uchi
小 ko o
大 o dai tai hiro oh
高 taka ko
橋 hashi bashi
松 matsu sho
竹 take
梅 ume
桜 sakura
岡 oka
島 shima jima
嶋 shima jima
崎 saki zaki
﨑 saki zaki
前 mae
西 nishi sai
東 higashi azuma to
南 minami nami
北 kita
長 naga osa
青 ao
赤 aka
黒 kuro
白 shira shiro
金 kane kana
水 mizu
清 kiyo shimi sei
池 ike
沢 sawa zawa
澤 sawa zawa
浜 hama
濱 hama
浦 ura
津 tsu zu
海 umi kai mi
坂 saka
阪 saka
谷 tani ya dani
平 hira hei taira
宮 miya
三 mi zo
千 chi sen
五 go
八 ya
九 ku
二 ji
一 kazu ichi
福 fuku
永 naga ei
吉 yoshi kichi
今 ima
古 furu ko
新 ara shin nii
太 ta ota
市 ichi
町 machi
丸 maru
土 tsuchi
岩 iwa
鈴 suzu
鳥 tori
鶴 tsuru
亀 kame
熊 kuma
馬 ma ba
牛 ushi
犬 inu
猪 i ino
菊 kiku
荒 ara
飯 ii
酒 saka
杉 sugi
栗 kuri
桑 kuwa
柳 yanagi
柴 shiba
榎 eno
桐 kiri
楠 kusu
植 ue
根 ne
片 kata
角 kado tsuno
須 su
服 hatto
部 be
辺 be nabe
邊 be nabe
渡 wata
渕 fuchi
淵 fuchi
滝 taki
瀧 taki
江 e
瀬 se
堀 hori
堤 tsutsumi
峰 mine
峯 mine
奥 oku
口 guchi kuchi
門 kado
戸 to do
屋 ya
家 ie ya
城 shiro jo ki
神 kami kan jin
宇 u
矢 ya
弓 yumi
早 haya
広 hiro
廣 hiro
樋 hi
比 hi
嘉 yoshi ka ga
名 na
仲 naka
成 nari shige
浅 asa
深 fuka
相 ai
秋 aki
春 haru
夏 natsu
冬 fuyu
星 hoshi
月 tsuki zuki
日 hi nichi ka
尾 o
毛 ke
手 te
目 me
足 ashi
久 hisa ku kyu
保 yasu ho bo
関 seki
笠 kasa
茂 shige mo
望 mochi nozomi
横 yoko
向 muko
阿 a
若 waka
稲 ina
米 yone
粕 kasu
児 ko
玉 tama
丹 ni tan
羽 ha hane wa
幡 hata
畑 hata
畠 hata
倉 kura
蔵 kura zo
窪 kubo
笹 sasa
篠 shino
菅 suga suge
菱 hishi
萩 hagi
葉 ha ba yo
蒲 gama
沼 numa
泉 izumi
湯 yu
温 atsu haru
滋 shige
塚 tsuka zuka
塩 shio
境 sakai
増 masu
武 take mu
砂 suna
磯 iso
種 tane
能 no yoshi
荻 ogi
郡 kori
都 miyako to tsu
間 ma
飛 tobi asu
鷲 washi
鷹 taka
鹿 shika ka
黛 mayuzumi
子 ko
美 mi yoshi
恵 e megu kei
智 tomo chi
知 tomo chi
和 kazu wa
幸 yuki sachi ko
由 yu yoshi
裕 hiro yu
優 yu masa
友 tomo yu
有 yu ari
祐 yu suke
佑 yu suke
悠 yu haru
雄 o yu
勇 isa yu
郎 ro
朗 ro aki
男 o
夫 o
彦 hiko
介 suke
助 suke
輔 suke
亮 ryo suke
樹 ki ju
貴 taka ki
生 o ki
紀 nori ki
輝 ki teru
希 ki nozomi
毅 takeshi ki
己 mi ki
司 ji tsukasa shi
史 shi fumi
志 shi
士 shi
嗣 tsugu shi
次 ji tsugu
治 ji haru
人 to hito
斗 to
翔 sho to
登 to noboru
利 toshi ri
俊 toshi shun
敏 toshi
寿 toshi ju hisa
年 toshi
正 masa
雅 masa
昌 masa
政 masa
将 masa sho
真 ma shin masa
誠 makoto sei
征 masa
勝 katsu masa
克 katsu
弘 hiro ko
浩 hiro ko
宏 hiro ko
博 hiro
洋 yo hiro
寛 hiro kan
明 aki mei
昭 aki sho
章 aki sho
彰 aki sho
晃 aki ko
秀 hide shu
英 hide ei
孝 taka ko
隆 taka ryu
敬 taka kei
崇 taka
尚 nao hisa
直 nao
信 nobu shin
伸 nobu shin
延 nobu
義 yoshi gi
良 yoshi ryo ra
芳 yoshi
好 yoshi
喜 yoshi ki
慶 yoshi kei
康 yasu ko
泰 yasu tai
靖 yasu
行 yuki
之 yuki no
雪 yuki
文 fumi bun
典 nori
徳 nori toku
則 nori
憲 nori ken
範 nori
健 ken take
賢 ken
謙 ken
剛 tsuyoshi go
豪 go
龍 ryu tatsu
竜 ryu tatsu
達 tatsu
辰 tatsu
哲 tetsu
鉄 tetsu
徹 tetsu toru
光 mitsu ko
満 mitsu
充 mitsu
道 michi
路 michi ji
通 michi
忠 tada
重 shige
繁 shige
晴 haru
陽 yo haru hi
遥 haru
遼 ryo
涼 ryo suzu
諒 ryo
凌 ryo
諭 satoshi
聡 satoshi
悟 satoru go
拓 taku
匠 takumi
卓 taku
学 manabu
純 jun
淳 jun atsu
順 jun
潤 jun
準 jun
恭 kyo yasu
京 kyo
圭 kei
啓 kei hiro
桂 kei katsura
景 kage kei
敦 atsu
篤 atsu
厚 atsu
奈 na
菜 na
那 na
香 ka kaori
佳 ka yoshi kei
花 hana ka
華 hana ka
歌 uta ka
理 ri
里 ri sato
莉 ri
梨 ri nashi
璃 ri
絵 e
衣 i
依 yo i
亜 a
沙 sa
紗 sa
咲 saki
愛 ai a mana
彩 aya sa
綾 aya
結 yu
唯 yui
弥 ya
也 ya
哉 ya
代 yo
世 yo
舞 mai
麻 ma asa
万 ma
茉 ma
摩 ma
未 mi
実 mi
心 kokoro shin
桃 momo
百 momo yuri
音 ne oto
乃 no
穂 ho
瑠 ru
留 ru
流 ryu ru
玲 rei
怜 rei
礼 rei
麗 rei
蓮 ren
廉 ren
凛 rin
倫 rin michi
琴 koto
詩 uta shi
葵 aoi
陸 riku
空 sora
颯 so
蒼 so ao
創 so
奏 kana so
湊 minato
拳 ken
元 moto gen
源 gen
玄 gen
現 gen
丈 jo take
条 jo
譲 jo yuzuru
丞 suke jo
仁 hito jin
仙 sen
宗 mune so
総 so
壮 so
聖 sei
晋 shin
進 shin susumu
慎 shin
多 ta
汰 ta
朋 tomo
巧 takumi
岳 take gaku
嶽 take
丘 oka
陵 ryo
恒 tsune
常 tsune
経 tsune
綱 tsuna
時 toki
郁 iku fumi
育 iku
幹 miki kan
守 mori
盛 mori
護 mori
紘 hiro
宣 nobu
昂 ko
航 ko wataru
功 isao ko
皓 ko
耕 ko
公 kimi ko
君 kimi
王 o
皇 o
旺 o
旭 asahi aki
朝 asa
暁 akira
曜 yo
要 kaname
楽 raku
蘭 ran
嵐 arashi ran
雷 rai
頼 yori rai
来 rai ku
雲 kumo un
霧 kiri
風 kaze fu
楓 kaede fu
笛 fue
富 tomi
冨 tomi
豊 toyo yutaka
虎 tora
鉾 hoko
隼 haya shun
駿 shun
瞬 shun
峻 shun
瞳 hitomi
緑 midori
碧 ao midori
藍 ai
紅 beni
朱 aka shu
修 shu osamu
周 shu
柊 shu hiiragi
鋼 ko
`)

// readingsByName reads lines of a name and its readings.
func readingsByName(lines string) map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(lines) {
		if f := strings.Fields(line); len(f) > 1 {
			out[f[0]] = f[1:]
		}
	}
	return out
}
