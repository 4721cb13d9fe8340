//go:build !linux

package testkit

import "os/exec"

func giveAway(string) error { return nil }

func command(name string, args ...string) *exec.Cmd { return exec.Command(name, args...) }

func launch(cmd *exec.Cmd, gone chan<- struct{}) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		_ = cmd.Wait()
		close(gone)
	}()
	return nil
}
