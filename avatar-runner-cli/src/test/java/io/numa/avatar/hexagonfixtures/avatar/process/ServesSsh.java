package io.numa.avatar.hexagonfixtures.avatar.process;

import org.apache.sshd.server.SshServer;

/** Breaks: JGit stays with Git, and so does what it speaks SSH by. */
record ServesSsh(SshServer server) {}
