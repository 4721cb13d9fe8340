package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// origin is the address from which a request came, for the limits of attempts. Behind a reverse proxy that the installation
// trusts it is the last address of X-Forwarded-For, which that proxy has written; what stands before it anybody can write.
// An IPv6 address counts with its neighbours: whoever holds one holds the 2⁶⁴ of its network.
func (s *Server) origin(r *http.Request) string {
	asked := r.RemoteAddr
	if all := r.Header.Values("X-Forwarded-For"); s.config.TrustProxy && len(all) > 0 {
		list := strings.Split(all[len(all)-1], ",")
		asked = strings.TrimSpace(list[len(list)-1])
	}
	addr, ok := readAddr(asked)
	if !ok {
		return "unknown"
	}
	if addr.Is6() {
		if p, err := addr.Prefix(64); err == nil {
			return p.String()
		}
	}
	return addr.String()
}

// readAddr reads an address with or without port; an IPv4 address written as IPv6 is the IPv4 address.
func readAddr(s string) (netip.Addr, bool) {
	if with, err := netip.ParseAddrPort(s); err == nil {
		return with.Addr().Unmap().WithZone(""), true
	}
	addr, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return addr.Unmap().WithZone(""), err == nil
}
