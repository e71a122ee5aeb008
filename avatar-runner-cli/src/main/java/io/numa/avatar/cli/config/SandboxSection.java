package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Accepts;
import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.Accepts.Range;
import io.numa.avatar.cli.config.value.Accepts.Special;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Noun;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.document.Key.Shorthand;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sandbox of commands, tests and coding agents. */
public record SandboxSection(
    @Key(
            "What the sandbox holds: `off`, `process`, `isolated`, `offline` or `egress`; a word, or"
                + " one for each kind of work.")
        @Default("egress")
        Profiles profile,
    @Key("The weakest profile at which each kind of work may run.") Minimum minimum,
    @Key(
            "The package registries that sandboxes fetch from: `auto` for those that this machine's"
                + " package clients are set up for, or a list.")
        @Default("auto")
        List<Registry> registries,
    @Key("What else the profile `egress` lets through, such as `db.example.com:5432`.") @Default("")
        List<HostAndPort> allow,
    @Key("Further folders that sandboxes may read.") @Default("") List<Path> tools,
    @Key(
            "Further folders that sandboxes may read; what they write there goes to a layer of the"
                + " repository's own.")
        @Default("")
        List<Path> caches,
    @Key("The most that the processes of a sandbox may use.") Limits limits,
    @Key("Exceptions for some repositories; the first that matches counts.") @Default("")
        List<RepositoryRule> repositories) {

  /** The profile of each kind of work. */
  @Noun("a profile, or one each for run, test and agent")
  @Shorthand({"run", "test", "agent"})
  public record Profiles(
      @Key("The profile of plans' commands and of setups.") @Default("egress") SandboxProfile run,
      @Key("The profile of tests.") @Default("egress") SandboxProfile test,
      @Key("The profile of coding agents.") @Default("egress") SandboxProfile agent) {

    /** The profiles by the kinds of work. */
    public Map<WorkKind, SandboxProfile> byKind() {
      return Map.of(WorkKind.RUN, run, WorkKind.TEST, test, WorkKind.AGENT, agent);
    }
  }

  /** The weakest profile at which each kind of work may run. */
  public record Minimum(
      @Key("The weakest profile at which plans' commands and setups run.") @Default("off")
          SandboxProfile run,
      @Key("The weakest profile at which tests run.") @Default("off") SandboxProfile test,
      @Key("The weakest profile at which coding agents run.") @Default("isolated")
          SandboxProfile agent) {

    /** The profiles by the kinds of work. */
    public Map<WorkKind, SandboxProfile> byKind() {
      return Map.of(WorkKind.RUN, run, WorkKind.TEST, test, WorkKind.AGENT, agent);
    }
  }

  /** The most that the processes of a sandbox may use. */
  public record Limits(
      @Key("How many processes and threads may live at once.")
          @Default("512")
          @Range(least = "16", most = "1000000")
          Integer processes,
      @Key(
              "Memory; without a cgroup, of each process by itself. Without this key, 4GiB, or a"
                  + " quarter of the machine's memory and 1GiB if that is more: a JVM takes a"
                  + " quarter.")
          Optional<Long> memory,
      @Key("Size of `/tmp`.") @Default("1GiB") Long tmp,
      @Key("Size of the working tree; also of the HOME and caches of one repository.")
          @Default("10GiB")
          Long tree,
      @Key("Size of one file.") @Default("2GiB") Long file,
      @Key(
              "Size of the HOMEs and caches of all repositories together; those used least recently go.")
          @Default("20GiB")
          Long homes) {}

  /** A package registry, or those of this machine. */
  @Noun("auto, or a registry: kind, url, …")
  @Shorthand("kind")
  public record Registry(
      @Key("The package client that speaks to it, or `auto`.")
          @Required
          @Form(
              value = "auto|maven|gradle|npm|pypi|go|cargo",
              expected = "one of auto, maven, gradle, npm, pypi, go, cargo")
          String kind,
      @Key("Where it is.") Optional<URI> url,
      @Key("User name; without it, the password is a token.") Optional<String> username,
      @Key("Password or token.") Optional<Secret> password,
      @Key("File that holds the password.") Optional<SecretFile> passwordFile,
      @Key("Whether the password may travel over plain `http` to another machine.")
          @Default("false")
          Boolean allowInsecureHttp) {
    static final String AUTO = "auto";

    public Registry {
      allowInsecureHttp = Boolean.TRUE.equals(allowInsecureHttp); // not given by the word auto
    }

    /** Whether this stands for the registries of this machine. */
    boolean isAuto() {
      return kind.equals(AUTO);
    }

    /** The password as read when the configuration was loaded. */
    public Optional<Secret> secret() {
      return SecretFile.either(password, passwordFile);
    }
  }

  /** An exception for some repositories. */
  @Noun("an exception: url, profile, allow")
  public record RepositoryRule(
      @Key("The repositories, such as `https://git.example.com/legacy/*`.")
          @Required
          @Accepts(Special.URL_PATTERN)
          String url,
      @Key("The profile for all kinds of work. Without it, `sandbox.profile` holds.")
          Optional<SandboxProfile> profile,
      @Key("Hosts that they may reach in addition to `sandbox.allow`.") @Default("")
          List<HostAndPort> allow) {}

  /** The registries that are named; empty if those of this machine are to be found. */
  public Optional<List<Registry>> namedRegistries() {
    return registries.stream().anyMatch(Registry::isAuto)
        ? Optional.empty()
        : Optional.of(registries);
  }

  /** The passwords of registries, which nothing in a sandbox may see. */
  Stream<Secret> secrets() {
    return registries.stream().map(Registry::secret).flatMap(Optional::stream);
  }
}
