package passage

import (
	"strings"

	"entente"
)

// country reads a code of a state or organisation as travel documents write
// it: three letters of ISO 3166-1 with the additions of ICAO 9303-3 section 5,
// also "D" for Germany, and the two letters of ISO 3166-1 that bookings use.
// Stateless people and organisations that have no two-letter code give "" and
// true. A code that nobody has assigned is not ok.
func country(code []byte) (c entente.Country, ok bool) {
	if len(code) < 1 || len(code) > 3 {
		return "", false
	}
	for _, b := range code {
		if b < 'A' || b > 'Z' {
			return "", false
		}
	}
	switch len(code) {
	case 1:
		return "DE", code[0] == 'D'
	case 2:
		return pair(code[0], code[1]), true
	}
	if c, ok = alpha2[string(code)]; ok {
		return c, true
	}
	return assigned(code)
}

// assigned reads codes that ISO 3166-1 leaves to its users: AAA-AAZ, QMA-QZZ,
// XAA-XZZ and ZZA-ZZZ stand for the AA, QM-QZ, XA-XZ and ZZ of two letters.
func assigned(code []byte) (entente.Country, bool) {
	c := pair(code[0], code[1])
	if c == "AA" || c >= "QM" && c <= "QZ" || c[0] == 'X' || c == "ZZ" {
		return c, true
	}
	return "", false
}

// pair gives the code of two capitals without making a new string of them: a
// feed has millions.
func pair(a, b byte) entente.Country {
	i := (int(a-'A')*26 + int(b-'A')) * 2
	return entente.Country(pairs[i : i+2])
}

var pairs = func() string {
	var b strings.Builder
	for i := range 26 * 26 {
		b.WriteByte(byte('A' + i/26))
		b.WriteByte(byte('A' + i%26))
	}
	return b.String()
}()

var alpha2 = func() map[string]entente.Country {
	m := make(map[string]entente.Country, 300)
	for _, e := range strings.Fields(iso3166) {
		m[e[:3]] = entente.Country(e[3:])
	}
	for _, e := range strings.Fields(icao) {
		m[e[:3]] = entente.Country(e[3:])
	}
	return m
}()

// icao are the codes of ICAO 9303-3 section 5, parts B to D: British nationals,
// the United Nations, Kosovo, and organisations and people without a state.
const icao = "GBDGB GBNGB GBOGB GBPGB GBSGB UNOUN UNAUN UNKXK RKSXK EUEEU " +
	"XXA XXB XXC XXX XOM XPO XBA XIM XCC XCE XCO XEC XES XMP XDC XCT IAO"

// iso3166 has the three letters and the two of each state, with those that
// older documents still bear.
const iso3166 = "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD ANTAN AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU " +
	"AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM " +
	"BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD " +
	"COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK " +
	"DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA " +
	"GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU " +
	"GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL " +
	"ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR " +
	"LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX " +
	"MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT " +
	"NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN " +
	"PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW " +
	"SAUSA SCGCS SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS " +
	"STPST SUNSU SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK " +
	"TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA " +
	"VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE YUGYU ZAFZA ZMBZM ZWEZW "
