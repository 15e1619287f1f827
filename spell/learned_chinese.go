package spell

import "strings"

// chineseFamilies lists the common Chinese family names, both ways of writing,
// with the spellings that passports have for them: Mandarin (pinyin, then
// Wade-Giles where it differs), Cantonese and Min, Korean, Vietnamese.
var chineseFamilies = readingsByWays(`
王 wang wong ong heng vuong
李 li lee ly yi rhee
张張 zhang chang cheung teo jang truong
刘劉 liu lau low yoo ryu luu
陈陳 chen chan tan jin tran
杨楊 yang yeung yeo duong
黄黃 huang wong ng hwang hoang
赵趙 zhao chao chiu cho trieu
吴吳 wu ng goh oh ngo
周 zhou chou chow chew joo chu
徐 xu hsu tsui chee seo tu
孙孫 sun suen son ton
马馬 ma mah
朱 zhu chu choo joo
胡 hu wu woo ho
郭 guo kuo kwok kuok kwak quach
何 he ho ha
林 lin lam lim im
高 gao kao ko go cao
罗羅 luo lo law na la
郑鄭 zheng cheng cheang tay jung jeong trinh
梁 liang leung leong yang luong
谢謝 xie hsieh tse chia sa ta
宋 song sung soong tong
唐 tang tong teng
许許 xu hsu hui koh heo hua
邓鄧 deng teng tang dang
韩韓 han hon hahn
冯馮 feng fung phung
曹 cao tsao cho tso
彭 peng pang
曾 zeng tseng tsang chan
萧蕭肖 xiao hsiao siu siew
田 tian tien tin
董 dong tung dung
潘 pan poon phua ban phan
袁 yuan yuen won vien
蔡 cai tsai choi chua thai
蒋蔣 jiang chiang cheung
余 yu yue yee
于 yu
杜 du tu to do
叶葉 ye yeh yip yap diep
程 cheng ching
魏 wei ngai wee nguy
苏蘇 su so soh to
吕呂 lu lui lyu yeo
丁 ding ting jung dinh
任 ren jen yam nham
卢盧 lu lo loo noh
姚 yao yiu diu
沈 shen shum sim shim
钟鐘锺鍾 zhong chung cheong
姜 jiang chiang geung kang
崔 cui tsui chui choi choe
谭譚 tan tam
陆陸 lu luk
汪 wang wong
范範 fan pham
廖 liao liu lieu
石 shi shih shek seok
金 jin chin kam kim gim
韦韋 wei wai
贾賈 jia chia ka
夏 xia hsia ha
傅 fu foo
方 fang fong bang phuong
邹鄒 zou tsou chow
熊 xiong hsiung hung
白 bai pai pak baek bach
孟 meng mang maeng
秦 qin chin chun
邱 qiu chiu yau khoo
侯 hou hau
江 jiang chiang kong giang
尹 yin wan yoon yun
薛 xue hsueh sit seol
闫閆阎閻 yan yen yim
段 duan tuan
雷 lei lui loi
龙龍 long lung
黎 li lai le
史 shi shih sze
陶 tao to
贺賀 he ho
毛 mao mo
郝 hao
顾顧 gu ku koo
龚龔 gong kung
邵 shao siu
万萬 wan man
钱錢 qian chien chin
严嚴 yan yen yim
戴 dai tai
莫 mo mok mac
孔 kong kung hung
向 xiang hsiang
汤湯 tang tong
温溫 wen wan
康 kang hong
施 shi shih see
文 wen man moon van
洪 hong hung ang
季 ji chi
赖賴 lai
樊 fan
葛 ge ko
庞龐 pang
颜顏 yan yen gan
倪 ni ngai
翁 weng yung
俞 yu yoo
章 zhang chang cheung
鲁魯 lu
柯 ke ko kwa
伍 wu ng
凌 ling
关關 guan kuan kwan
欧歐区區 ou au
安 an ahn
申 shen shin
朴 piao park pak
裴 pei bae bui
武 wu vu
阮 ruan yuan nguyen
卓 zhuo cho
蓝藍 lan lam
司马司馬 sima szuma
欧阳歐陽 ouyang auyeung
诸葛諸葛 zhuge chuko
上官 shangguan
司徒 situ szeto
皇甫 huangfu
东方東方 dongfang
慕容 murong
尉迟尉遲 yuchi
独孤獨孤 dugu
南宫南宮 nangong namgung
`)

// readingsByWays reads lines of ways to write a name, then its readings. Where a
// line has several ways to write a name, each is as long as the readings need:
// one character, or two where the first reading is of two (司马司馬).
func readingsByWays(lines string) map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(lines) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		r := []rune(f[0])
		n := 1
		if len(r)%2 == 0 && twoSyllables[f[1]] {
			n = 2
		}
		for ; len(r) >= n; r = r[n:] {
			out[string(r[:n])] = f[1:]
		}
	}
	return out
}

var twoSyllables = set("sima ouyang zhuge shangguan situ huangfu dongfang murong yuchi dugu nangong")

// wadeGiles respells a pinyin syllable as Taiwan and older documents do,
// without apostrophes, which passports drop.
func wadeGiles(pinyin string) string {
	switch pinyin {
	case "zhi":
		return "chih"
	case "chi":
		return "chih"
	case "shi":
		return "shih"
	case "ri":
		return "jih"
	case "zi", "ci":
		return "tzu"
	case "si":
		return "ssu"
	case "yi":
		return "i"
	case "you":
		return "yu"
	case "he":
		return "ho"
	case "yan":
		return "yen"
	}
	s := pinyin
	for _, p := range wadeInitials {
		if rest, ok := strings.CutPrefix(s, p[0]); ok {
			s = p[1] + rest
			break
		}
	}
	for _, p := range wadeFinals {
		if head, ok := strings.CutSuffix(s, p[0]); ok {
			s = head + p[1]
			break
		}
	}
	return s
}

var wadeInitials = [][2]string{
	{"zh", "ch"},
	{"ch", "ch"},
	{"sh", "sh"},
	{"j", "ch"},
	{"q", "ch"},
	{"x", "hs"},
	{"z", "ts"},
	{"c", "ts"},
	{"b", "p"},
	{"d", "t"},
	{"g", "k"},
	{"r", "j"},
}

var wadeFinals = [][2]string{{"ong", "ung"}, {"ian", "ien"}, {"ie", "ieh"}, {"ue", "ueh"}, {"uo", "o"}}
