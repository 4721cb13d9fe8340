package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts of testdata/script run the command as a person would, each in an empty folder of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"entente": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			root, err := os.Getwd()
			env.Setenv("CONVENTIONS", root+"/../../conventions")
			env.Setenv("LANG", "fr_FR.UTF-8")
			return err
		},
	})
}
