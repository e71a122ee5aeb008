package io.numa.avatar.hexagonfixtures.avatar.cli.config;

import picocli.CommandLine.Help.Ansi;

/** Breaks: colours are for the console. */
record IsColourful(Ansi ansi) {}
