package io.numa.avatar.cli.command;

import picocli.CommandLine.Command;

/** {@code avatar sandbox …}: tells of the sandboxes of this machine. */
@Command(name = "sandbox", description = "Tells what the sandboxes of this machine hold.")
final class SandboxCommand {}
