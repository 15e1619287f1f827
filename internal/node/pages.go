package node

import (
	"net/http"

	"entente"
)

func (n *Node) pages(entente.Party) http.Handler { return http.NotFoundHandler() }
