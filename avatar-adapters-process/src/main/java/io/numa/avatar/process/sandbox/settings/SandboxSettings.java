package io.numa.avatar.process.sandbox.settings;

import static io.numa.avatar.task.sandbox.SandboxProfile.EGRESS;
import static io.numa.avatar.task.sandbox.SandboxProfile.ISOLATED;
import static io.numa.avatar.task.sandbox.SandboxProfile.OFF;

import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator wants of sandboxes.
 *
 * @param profiles the profile of each kind of work; {@code EGRESS} for the kinds left out
 * @param minimums the weakest profile at which each kind of work may run; {@code OFF} for the kinds
 *     left out
 * @param allow hosts that all sandboxes with {@code EGRESS} may reach, besides the registries
 * @param repositories exceptions for some repositories; the first that matches counts
 * @param metrics are told how much space HOMEs take, and how much was freed
 */
public record SandboxSettings(
    Map<WorkKind, SandboxProfile> profiles,
    Map<WorkKind, SandboxProfile> minimums,
    List<HostAndPort> allow,
    SandboxFolders folders,
    SandboxLimits limits,
    List<RepositoryRule> repositories,
    Metrics metrics) {
  public SandboxSettings {
    profiles = Map.copyOf(profiles);
    minimums = Map.copyOf(minimums);
    allow = List.copyOf(allow);
    repositories = List.copyOf(repositories);
  }

  /**
   * {@code EGRESS} to the registries alone, and agents run only if they are at least isolated; the
   * usual limits, and no exceptions.
   */
  public static SandboxSettings defaults(SandboxFolders folders) {
    return new SandboxSettings(
        Map.of(),
        Map.of(WorkKind.AGENT, ISOLATED),
        List.of(),
        folders,
        SandboxLimits.DEFAULTS,
        List.of(),
        Metrics.NONE);
  }

  public SandboxSettings withProfiles(Map<WorkKind, SandboxProfile> newProfiles) {
    return new SandboxSettings(
        newProfiles, minimums, allow, folders, limits, repositories, metrics);
  }

  public SandboxSettings withMinimums(Map<WorkKind, SandboxProfile> newMinimums) {
    return new SandboxSettings(
        profiles, newMinimums, allow, folders, limits, repositories, metrics);
  }

  public SandboxSettings withAllow(List<HostAndPort> newAllow) {
    return new SandboxSettings(
        profiles, minimums, newAllow, folders, limits, repositories, metrics);
  }

  public SandboxSettings withFolders(SandboxFolders newFolders) {
    return new SandboxSettings(
        profiles, minimums, allow, newFolders, limits, repositories, metrics);
  }

  public SandboxSettings withLimits(SandboxLimits newLimits) {
    return new SandboxSettings(
        profiles, minimums, allow, folders, newLimits, repositories, metrics);
  }

  public SandboxSettings withRepositories(List<RepositoryRule> newRepositories) {
    return new SandboxSettings(
        profiles, minimums, allow, folders, limits, newRepositories, metrics);
  }

  public SandboxSettings withMetrics(Metrics newMetrics) {
    return new SandboxSettings(
        profiles, minimums, allow, folders, limits, repositories, newMetrics);
  }

  /** The same profile for every kind of work. */
  public SandboxSettings withProfile(SandboxProfile profile) {
    return withProfiles(
        Map.of(WorkKind.RUN, profile, WorkKind.TEST, profile, WorkKind.AGENT, profile));
  }

  /**
   * The profile of a kind of work.
   *
   * @param repository whose exceptions count; without it, the usual profile
   */
  public SandboxProfile profile(WorkKind kind, Optional<RepositoryUrl> repository) {
    return rule(repository)
        .flatMap(RepositoryRule::profile)
        .orElseGet(() -> profiles.getOrDefault(kind, EGRESS));
  }

  /** The weakest profile at which a kind of work may run. */
  public SandboxProfile minimum(WorkKind kind) {
    return minimums.getOrDefault(kind, OFF);
  }

  /** All hosts that a repository's sandboxes may reach, besides the registries. */
  public Set<HostAndPort> allowed(RepositoryUrl repository) {
    return Stream.concat(
            allow.stream(), rule(Optional.of(repository)).stream().flatMap(r -> r.allow().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<RepositoryRule> rule(Optional<RepositoryUrl> repository) {
    return repository.flatMap(
        url -> repositories.stream().filter(rule -> rule.matches().test(url)).findFirst());
  }
}
