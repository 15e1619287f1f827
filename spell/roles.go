package spell

import "strings"

var particles = set("al el ul ad ed ud as es ar er ur at et az ez an ash bin ibn ben bint binti bt abu abou abi abo umm um ould wuld ag von van vom zu zum zur der den de da di do dos das del della dello du des la le los las y e te ter ten af av ap ab mac mc o san st saint")

var titles = set("mr mrs ms miss dr prof sheikh shaikh shaykh sheik haji hajji hajj haj hadji mullah mulla maulana mawlana maulavi mawlawi qari sayyid gen col lt maj capt sgt sir lord dame")

var generations = set("jr sr ii iii iv junior senior filho")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// pointedRole is what a point after a short word makes of it.
func pointedRole(lower string) Role {
	if titles[lower] {
		return Title
	}
	return Plain
}

// join puts parts together that are one name: Abd al Rahman.
func join(parts []Part) []Part {
	return parts
}

// assignRoles tells the particles, titles and patronymics of a name.
func assignRoles(parts []Part) {
	names := 0
	for i := range parts {
		p := &parts[i]
		switch l := p.Latin; {
		case p.Role != Plain:
		case particles[l] && i < len(parts)-1:
			p.Role = Particle
		case titles[l] && i == 0 && len(parts) > 1:
			p.Role = Title
		case generations[l] && i == len(parts)-1 && i > 0:
			p.Role = Generation
		case len(parts) > 2 && patronymic(l):
			p.Role = Patronymic
		}
		if p.Role == Plain {
			names++
		}
	}
	if names == 0 { // a name of particles is a name
		for i := range parts {
			if parts[i].Role != Initial {
				parts[i].Role = Plain
			}
		}
	}
}

func patronymic(l string) bool {
	for _, end := range []string{"ovich", "evich", "ovna", "evna", "oglu", "ogly", "kyzy", "qizi"} {
		if strings.HasSuffix(l, end) {
			return true
		}
	}
	return false
}
