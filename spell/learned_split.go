package spell

import "math"

// Korean, Chinese and Japanese names are often written in one word, the family
// name first: 김정은, 王小明, 田中太郎. Whether a word is such a name or a single
// foreign name part (조지, 馬克) its characters do not say; the models do, by which
// is cheaper. Of several words each is a part already.

// splitBias, in eighths of a bit, is for the name in one word: a text that is
// one single word is seldom a name part alone.
const splitBias = 4 << 3

// splitKorean is the same for Hangul. That something stands before a family
// name and behind a given name, in two words, is dear to the model, and nearly
// every single word that begins with a family name is a whole name.
const splitKorean = 8 << 3

// splitKanji is what a character costs less here than among readings, where
// Chinese names, which are more, come before Japanese ones: here the alternative is
// a foreign name, and two parts that Japanese can read speak against that.
const splitKanji = 2 << 3

// splitHangul takes a Korean name that is one word apart: 김정은 → 김, 정은. ok is
// false for what rather is one name part. Parse asks only for a name that is
// this word and nothing else.
func splitHangul(word string) (family, given string, ok bool) { return learned().Split(Hangul, word) }

// splitHan does so for a Chinese or Japanese name: 王小明 → 王, 小明; 田中太郎 → 田中, 太郎.
func splitHan(word string) (family, given string, ok bool) { return learned().Split(Han, word) }

// Split takes a word that is a whole name apart into family name and given
// name. ok is false for what rather is one name part.
func (t *Table) Split(s Script, text string) (family, given string, ok bool) {
	m := t.of(s)
	r := []rune(text)
	if m == nil || len(r) < 2 || len(r) > 6 {
		return "", "", false
	}
	for _, c := range r {
		if scriptOf(c) != s && c != '々' {
			return "", "", false
		}
	}
	best, at, bias := int32(math.MaxInt32), 0, int32(splitBias)
	if s == Hangul {
		bias = splitKorean
	}
	for n := 1; n < len(r) && n <= 3; n++ {
		var cost int32
		switch s {
		case Hangul:
			cost = t.koreanCost(m, r, n)
		case Han:
			cost = min(chineseCost(r, n), japaneseCost(r, n))
		default:
			return "", "", false
		}
		if cost < best {
			best, at = cost, n
		}
	}
	if best >= t.cost(s, m, text)+bias {
		return "", "", false
	}
	return string(r[:at]), string(r[at:]), true
}

func (t *Table) cost(s Script, m *model, token string) int32 {
	if cost, ok := t.ready(s).cost(token); ok {
		return cost
	}
	return m.cost(s, token)
}

// cost is what the token costs as one part, by its cheapest reading.
func (m *model) cost(s Script, token string) int32 {
	sc := searches.Get().(*search)
	defer searches.Put(sc)
	sc.syms = symbolsOf(s, token, sc.syms[:0])
	if list := m.read(sc.syms, 1, nil, sc); len(list) > 0 {
		return list[0].cost
	}
	return costMax
}

func (t *Table) koreanCost(m *model, r []rune, n int) int32 {
	if !hangulFamilies[string(r[:n])] || len(r)-n > 2 {
		return costMax
	}
	return t.cost(Hangul, m, string(r[:n])) + t.cost(Hangul, m, string(r[n:]))
}

func chineseCost(r []rune, n int) int32 {
	if len(chineseFamilies[string(r[:n])]) == 0 || len(r)-n > 2 {
		return costMax
	}
	return costFamily + int32(len(r)-n)*costGiven
}

func japaneseCost(r []rune, n int) int32 {
	if len(r)-n > 3 {
		return costMax
	}
	return japanesePart(r[:n]) + japanesePart(r[n:])
}

// japanesePart is the cost of characters as one Japanese name.
func japanesePart(r []rune) int32 {
	if _, ok := japaneseNames[string(r)]; ok {
		return costCustom
	}
	if list := japanese(r); len(list) > 0 {
		return list[0].cost - int32(len(r))*splitKanji
	}
	return costMax
}

// HangulFamily is the family name at the beginning of a Korean name that is
// written in one word; empty if there is none.
func HangulFamily(word string) string {
	r := []rune(word)
	if len(r) >= 3 && hangulFamilies[string(r[:2])] {
		return string(r[:2])
	}
	if len(r) >= 1 && hangulFamilies[string(r[:1])] {
		return string(r[:1])
	}
	return ""
}

// hangulFamilies lists the family names of Korea but for the very rare.
var hangulFamilies = set(`
김 이 리 박 최 정 강 조 윤 장 임 림 한 오 서 신 권 황 안 송 전 홍 유 류 고 문 양 량 손 배 백 허 남 심 노 로 하 곽 성 차 주 우 구
나 라 민 진 지 엄 채 원 천 방 공 현 함 변 염 렴 여 려 추 도 소 석 선 설 마 길 연 련 위 표 명 기 반 왕 금 옥 육 륙 인 맹 제 모 탁 국
어 은 편 용 룡 예 경 봉 사 부 가 복 태 목 형 피 두 감 음 빈 동 온 호 범 좌 팽 승 간 상 갈 단 견 당 화 창
남궁 황보 제갈 선우 독고 사공 서문 동방 망절 어금 강전 장곡`)
