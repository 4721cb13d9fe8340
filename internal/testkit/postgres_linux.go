package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"runtime"
	"strconv"
	"syscall"
)

// postgresUser is who runs the server where the tests run as root, whom PostgreSQL refuses; nil elsewhere.
func postgresUser() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("%w: there is no user postgres to run it as", errNoPostgres)
	}
	uid, _ := strconv.ParseUint(u.Uid, 10, 32) // numbers on Linux
	gid, _ := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// giveAway makes the folder that of whoever runs the server.
func giveAway(dir string) error {
	c, err := postgresUser()
	if err != nil || c == nil {
		return err
	}
	return os.Chown(dir, int(c.Uid), int(c.Gid))
}

// command is a program run as whoever runs the server, which the system interrupts when the tests end in any way.
func command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	credential, _ := postgresUser() // giveAway has reported the error
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential, Pdeathsig: syscall.SIGQUIT}
	cmd.Dir = "/"
	return cmd
}

// launch starts the server from a thread that lives as long as the server: the system takes the end of that thread for the
// end of the tests.
func launch(cmd *exec.Cmd, gone chan<- struct{}) error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
			close(gone)
		}
	}()
	return <-started
}
