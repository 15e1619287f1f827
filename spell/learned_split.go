package spell

// splitHangul takes a Korean name that is written in one word apart into the
// family name, which stands first, and the given name: 김정은 → 김, 정은. It is
// for names that are one word and nothing else: a word beside others, as in
// 조지 워싱턴, is a name part already. ok is false for what does not look like
// such a name.
func splitHangul(word string) (family, given string, ok bool) {
	r := []rune(word)
	family = HangulFamily(word)
	n := len([]rune(family))
	if family == "" || len(r)-n < 1 || len(r)-n > 2 {
		return "", "", false
	}
	return family, string(r[n:]), true
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
