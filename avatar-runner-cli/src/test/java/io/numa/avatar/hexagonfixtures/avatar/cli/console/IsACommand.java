package io.numa.avatar.hexagonfixtures.avatar.cli.console;

import picocli.CommandLine.Command;

/** Breaks: picocli only reads commands and colours. */
@Command
final class IsACommand {}
