package io.numa.avatar.hexagonfixtures.avatar.run;

import org.eclipse.jgit.lib.CommitBuilder;

/** Breaks: JGit stays with Git. */
record MakesCommits(CommitBuilder commit) {}
