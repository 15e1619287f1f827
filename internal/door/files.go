package door

// Shares divides the files that the process may have open: so many connections
// for the desk, so many for the wire, and the rest for the store, uploads and
// calls to partners. short: they are fewer than a node wants.
func Shares(files uint64) (desk, wire Limits, short bool) {
	desk = Limits{Connections: 512, Strangers: 256, PerOwner: 32, Requests: 64}
	wire = Limits{Connections: 1024, Strangers: 256, PerOwner: 8}
	if files >= Wanted {
		return desk, wire, false
	}
	each := max(int(files)*3/8, 8)
	for _, l := range []*Limits{&desk, &wire} {
		l.Connections = min(l.Connections, each)
		l.Strangers = min(l.Strangers, l.Connections/2)
		l.PerOwner = min(l.PerOwner, max(l.Connections/4, 2))
	}
	return desk, wire, true
}

// Wanted is how many files a node wants to have open at most.
const Wanted = 2048
