package io.numa.avatar.process.sandbox;

import static io.numa.avatar.task.FailureKind.SANDBOX_UNAVAILABLE;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.port.sandbox.SandboxLevel;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.Sandboxes;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.cgroup.ControlGroup;
import io.numa.avatar.process.sandbox.home.Homes;
import io.numa.avatar.process.sandbox.home.LayerSlots;
import io.numa.avatar.process.sandbox.home.Layers;
import io.numa.avatar.process.sandbox.settings.SandboxSettings;
import io.numa.avatar.process.sandbox.watch.SizeWatch;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import io.numa.avatar.time.Lazily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The sandboxes of this machine. Safe for use by several threads. */
public final class LocalSandboxes implements Sandboxes {
  private final SandboxSettings settings;
  private final Optional<Ways> ways;
  private final Homes homes;
  private final Lazily<View> view;
  private final Abilities abilities;

  /**
   * Starts nothing: the first question about a level finds out what this machine can do, in some
   * hundred milliseconds.
   *
   * @param egress the way out for the profile {@code EGRESS}; without it, that network holds
   *     nothing
   * @throws UncheckedIOException if the folder for the sandboxes' state cannot be written
   */
  public LocalSandboxes(SandboxSettings settings, Optional<Egress> egress) {
    this(
        settings, egress, new Lazily<>(() -> Tools.all(settings.folders().state().resolve("bin"))));
  }

  /**
   * @param tools gives the programs that sandboxes are made with, when they are needed first
   */
  LocalSandboxes(SandboxSettings settings, Optional<Egress> egress, Supplier<Tools> tools) {
    this.settings = settings;
    this.ways = egress.map(Ways::new);
    Path state = settings.folders().state();
    try {
      Files.createDirectories(state, Homes.PRIVATE);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write '" + state + "'", e);
    }
    this.homes = View.homes(settings);
    this.view = new Lazily<>(() -> View.of(settings, homes));
    this.abilities = new Abilities(view, tools, egress);
  }

  @Override
  public void prepare() {
    ways.ifPresent(Ways::prepare);
  }

  /** Does not look at the machine where there is no minimum. */
  @Override
  public Optional<String> problem(WorkKind kind, Optional<RepositoryUrl> repository) {
    return settings.minimum(kind) == SandboxProfile.OFF
        ? Optional.empty()
        : level(kind, repository).problem();
  }

  @Override
  public SandboxLevel level(WorkKind kind, Optional<RepositoryUrl> repository) {
    SandboxProfile profile = settings.profile(kind, repository);
    SandboxProfile minimum = settings.minimum(kind);
    Ability ability = ability(profile);
    var lacks = Guarantee.missing(profile, ability.held()).stream().map(Guarantee::word).toList();
    var report = new SandboxReport(profile, ability.word(), lacks, List.of());
    boolean met = profile.compareTo(minimum) >= 0 && Guarantee.met(minimum, ability.held());
    return new SandboxLevel(
        report, met ? Optional.empty() : Optional.of(problem(kind, profile, minimum)));
  }

  private String problem(WorkKind kind, SandboxProfile profile, SandboxProfile minimum) {
    String demand = "sandbox.minimum." + kind.word() + " is " + minimum.word();
    return profile.compareTo(minimum) < 0
        ? demand + ", but the profile is " + profile.word() + "; raise sandbox.profile"
        : demand + ", which this machine cannot hold: " + abilities.advice();
  }

  /** What the operator can do so that sandboxes hold more; empty if nothing is known. */
  public String advice() {
    return abilities.advice();
  }

  /** What limits the processes of sandboxes, for people. */
  public String limits() {
    return abilities.groups().ready().isPresent() ? "limits by cgroup v2" : "limits by rlimits";
  }

  /** Why no control group limits all processes of a sandbox together; empty if one does. */
  public Optional<String> noGroups() {
    return abilities.groups().lack();
  }

  private Ability ability(SandboxProfile profile) {
    Ability ability = abilities.strongest(profile);
    return ways.isPresent() ? ability : ability.without(Guarantee.EGRESS);
  }

  @Override
  public void tidy() {
    homes.tidy();
  }

  @Override
  public List<RefusedHost> refused(AttemptId attempt) {
    return ways.map(open -> open.refused(attempt)).orElse(List.of());
  }

  /**
   * Prepares the sandbox of a command; empty if the command is to have none. The caller must run
   * {@link Sandboxed#end()}.
   *
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE} if the operator's minimum is not met
   */
  public Optional<Sandboxed> hold(SandboxRequest request) {
    SandboxSite site = request.site();
    SandboxLevel level = level(site.kind(), Optional.of(site.repository()));
    level
        .problem()
        .ifPresent(
            problem -> {
              throw new PortException(
                  SANDBOX_UNAVAILABLE,
                  "could not run '" + request.command().get(0) + "': " + problem);
            });
    SandboxProfile profile = level.report().profile();
    Ability ability = ability(profile);
    if (request.waits() && ability.means().filter(Means::canWait).isEmpty()) {
      throw new PortException(SANDBOX_UNAVAILABLE, "no sandbox here lets a command wait any more");
    }
    return ability.means().map(means -> limited(request, profile, ability, means));
  }

  /** Whether a sandbox can be made before the command in it is to start. */
  public boolean canWait(SandboxSite site) {
    SandboxProfile profile = settings.profile(site.kind(), Optional.of(site.repository()));
    return ability(profile).means().filter(Means::canWait).isPresent();
  }

  /** Ends a process when what it fills becomes too large; until it exits. */
  public void watch(SandboxSite site, SizeWatch.Ending process) {
    view.get().sizes().begin(view.get().watched(site), process);
  }

  private Sandboxed limited(
      SandboxRequest request, SandboxProfile profile, Ability ability, Means means) {
    RepositoryUrl repository = request.site().repository();
    homes.use(repository);
    return Sandboxed.givingBack(
        () -> homes.release(repository), () -> grouped(request, profile, ability, means));
  }

  private Sandboxed grouped(
      SandboxRequest request, SandboxProfile profile, Ability ability, Means means) {
    Optional<ControlGroup> group = abilities.group(means);
    Optional<Path> folder = group.map(ControlGroup::folder);
    return Sandboxed.givingBack(
        () -> group.ifPresent(ControlGroup::end),
        () ->
            means.separate()
                ? hold(request, profile, ability, means, folder)
                : restrict(request, profile, means, folder));
  }

  private Sandboxed restrict(
      SandboxRequest request, SandboxProfile profile, Means means, Optional<Path> group) {
    boolean files = means.holds().contains(Guarantee.FILES);
    List<Mount> reachable = List.of();
    Map<String, String> variables = request.inherited();
    if (profile != SandboxProfile.PROCESS && files) {
      homes.preparePlain(request.site());
      reachable = view.get().reachable(request);
      variables = view.get().plainVariables(request).values();
    }
    var all = new HashMap<>(variables);
    all.putAll(request.own());
    var walls =
        new Walls(
                reachable, List.of(), request.directory(), new Network.Machine(), settings.limits())
            .within(group);
    return new Sandboxed(
        means.wrap(walls, request.command()), Passage.past(means, all), means.separate(), () -> {});
  }

  private Sandboxed hold(
      SandboxRequest request,
      SandboxProfile profile,
      Ability ability,
      Means means,
      Optional<Path> group) {
    Optional<EgressWay> way = way(request, profile, ability);
    return Sandboxed.givingBack(
        () -> way.ifPresent(open -> ways.orElseThrow().close(open, request.owner())),
        () -> {
          Optional<EgressWay> registries = way.filter(open -> profile == SandboxProfile.EGRESS);
          homes.prepare(request.site(), registries.map(EgressWay::homeFiles).orElse(Map.of()));
          Network network = network(request.site(), profile, ability, way);
          var variables = view.get().variables(request, network);
          registries.ifPresent(open -> variables.with(open.environment()));
          var passed = Passage.past(means, variables.with(request.own()).values());
          return layered(
              request.site().repository(),
              layers ->
                  new Sandboxed(
                      means.wrap(walls(request, network, layers).within(group), request.command()),
                      passed,
                      means.separate(),
                      () -> {}));
        });
  }

  private Sandboxed layered(
      RepositoryUrl repository, Function<Optional<List<Layers.Layer>>, Sandboxed> making) {
    if (!abilities.layered()) {
      return making.apply(Optional.empty());
    }
    LayerSlots.Slot slot = homes.takeLayers(repository);
    return Sandboxed.givingBack(slot::close, () -> making.apply(Optional.of(slot.layers())));
  }

  private Walls walls(
      SandboxRequest request, Network network, Optional<List<Layers.Layer>> layers) {
    return new Walls(
            view.get().mounts(request, network, layers),
            layers.orElse(List.of()),
            request.directory(),
            network,
            settings.limits())
        .waiting(request.waits())
        .requireFirmPlaces();
  }

  private Optional<EgressWay> way(SandboxRequest request, SandboxProfile profile, Ability ability) {
    Set<Integer> services = request.site().services();
    boolean needed =
        profile == SandboxProfile.EGRESS
            || (profile == SandboxProfile.OFFLINE && !services.isEmpty());
    if (!needed || !ability.holds(Guarantee.EGRESS)) {
      return Optional.empty();
    }
    var wanted =
        profile == SandboxProfile.EGRESS
            ? new EgressRequest(settings.allowed(request.site().repository()), services)
            : new EgressRequest(Set.of(), services);
    return ways.map(open -> open.open(wanted, request.owner()));
  }

  private static Network network(
      SandboxSite site, SandboxProfile profile, Ability ability, Optional<EgressWay> way) {
    if (profile == SandboxProfile.ISOLATED || !ability.holds(Guarantee.NETWORK)) {
      return new Network.Machine();
    }
    return way.<Network>map(
            open ->
                profile == SandboxProfile.EGRESS
                    ? new Network.Captured(open.socket(), open.ports())
                    : Network.Captured.services(open.socket(), site.services()))
        .orElseGet(Network.Nothing::new);
  }

  /** Tells that a sandbox could not be started, so that the machine is looked at again. */
  public void notStarted() {
    abilities.forget();
  }
}
