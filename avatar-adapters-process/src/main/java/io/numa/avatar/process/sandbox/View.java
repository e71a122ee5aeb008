package io.numa.avatar.process.sandbox;

import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What commands see of this machine.
 *
 * @param system the parts that all of them see
 */
record View(
    SandboxSettings settings,
    List<Mount> system,
    EtcFiles etc,
    Homes homes,
    ProgramRoots programs,
    HiddenPlaces hidden) {
  private static final Path TMP = Path.of("/tmp");

  /** Looks at the system once. */
  static View of(SandboxSettings settings, EtcFiles etc) {
    SandboxFolders folders = settings.folders();
    var hidden = HiddenPlaces.of(folders);
    var system = new ArrayList<>(SystemView.mounts());
    List.copyOf(system).forEach(mount -> system.addAll(covers(mount, hidden)));
    return new View(
        settings,
        List.copyOf(system),
        etc,
        new Homes(folders.state().resolve("homes")),
        new ProgramRoots(folders.home()),
        hidden);
  }

  private static List<Mount> covers(Mount mount, HiddenPlaces hidden) {
    return mount instanceof Mount.Readable readable ? hidden.covers(readable) : List.of();
  }

  /** The mounts of a command's sandbox, those to be covered by later ones first. */
  List<Mount> mounts(SandboxRequest request, Network network) {
    SandboxSite site = request.site();
    Path home = Homes.inside(site);
    var mounts = new ArrayList<>(system);
    mounts.addAll(etc.mounts(home, network));
    mounts.add(new Mount.Memory(TMP, settings.limits().tmp()));
    mounts.addAll(tools(request));
    mounts.add(new Mount.Writable(homes.home(site), home));
    mounts.add(new Mount.Writable(homes.caches(site.repository()), Homes.CACHES_INSIDE));
    site.home().ifPresent(own -> mounts.add(new Mount.Writable(own)));
    site.readable().stream()
        .filter(Files::exists)
        .forEach(folder -> mounts.add(new Mount.Readable(folder)));
    mounts.add(new Mount.Writable(site.tree()));
    request.hiddenFolders().stream()
        .filter(path -> seen(path, site))
        .forEach(path -> mounts.add(new Mount.EmptyFolder(path)));
    request.hiddenFiles().stream()
        .filter(path -> seen(path, site))
        .forEach(path -> mounts.add(new Mount.NoFile(path)));
    return mounts;
  }

  private List<Mount> tools(SandboxRequest request) {
    var roots = new ArrayList<Path>();
    settings.folders().tools().stream().filter(Files::exists).forEach(roots::add);
    programRoots(request).stream().filter(root -> !hidden.hold(root)).forEach(roots::add);
    var mounts = new ArrayList<Mount>();
    Set<Path> done = new HashSet<>();
    // Outer folders first, so that they do not cover inner ones.
    roots.stream().sorted().filter(done::add).map(Mount.Readable::new).forEach(mounts::add);
    for (Mount mount : List.copyOf(mounts)) {
      mounts.addAll(covers(mount, hidden));
      mounts.addAll(SystemView.withoutSecrets(mount.target()));
    }
    return mounts;
  }

  private Set<Path> programRoots(SandboxRequest request) {
    Path program = Path.of(request.command().get(0));
    boolean trusted = request.site().kind() == WorkKind.AGENT;
    return programs.roots(program, trusted, programVariables(request).values());
  }

  private Variables programVariables(SandboxRequest request) {
    SandboxSite site = request.site();
    return new Variables(request.inherited(), site.home().orElseGet(() -> Homes.inside(site)))
        .with(programs.managers(request.inherited()));
  }

  /** The variables that come from the avatar, made fit for the sandbox. */
  Variables variables(SandboxRequest request, Network network) {
    var variables = programVariables(request);
    if (network instanceof Network.Machine) {
      return variables;
    }
    return variables.withoutProxies();
  }

  private static boolean seen(Path path, SandboxSite site) {
    return Stream.of(Stream.of(site.tree()), site.home().stream(), site.readable().stream())
        .flatMap(folders -> folders)
        .anyMatch(path::startsWith);
  }
}
