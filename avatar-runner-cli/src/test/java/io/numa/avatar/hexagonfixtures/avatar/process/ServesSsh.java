package io.numa.avatar.hexagonfixtures.avatar.process;

import org.apache.sshd.server.SshServer;

/** Breaks: JGit and its SSH library stay with Git. */
record ServesSsh(SshServer server) {}
