package web

import (
	"net/http"
	"os"
	"strings"
	"testing"
)

func TestZZShot(t *testing.T) {
	st := newSite(t)
	c := st.as(administrator)
	path := st.path("convention", "charger")
	save := func(name string, a *answer) {
		css, _ := os.ReadFile("static/files/entente.css")
		i := strings.Index(a.body, "</head>")
		os.WriteFile("/tmp/p2shot/"+name+".html", []byte(a.body[:i]+"<style>"+string(css)+"</style>"+a.body[i:]), 0o644)
	}
	os.MkdirAll("/tmp/p2shot", 0o755)
	save("convention", c.get(st.path("convention")).wants(http.StatusOK))
	save("empty", c.get(path))
	save("faulty", c.submit(c.get(path), path, "text", strings.Replace(realText(t), "niveau: strategique", "niveau: haut", 1)))
	save("right", c.submit(c.get(path), path, "text", strings.Replace(amendedText(t), "id: services-population", "id: services-habitants", 1)))
	save("space", c.submit(c.get(newSpacePath), newSpacePath, "text", realText(t)))
}
