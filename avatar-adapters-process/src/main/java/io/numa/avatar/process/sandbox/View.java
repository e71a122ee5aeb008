package io.numa.avatar.process.sandbox;

import static io.numa.avatar.task.FailureKind.SANDBOX_UNAVAILABLE;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.etc.ClientSettings;
import io.numa.avatar.process.sandbox.home.Homes;
import io.numa.avatar.process.sandbox.home.Layers;
import io.numa.avatar.process.sandbox.settings.OwnPlaces;
import io.numa.avatar.process.sandbox.settings.SandboxFolders;
import io.numa.avatar.process.sandbox.settings.SandboxSettings;
import io.numa.avatar.process.sandbox.watch.SizeWatch;
import io.numa.avatar.process.sandbox.watch.SizeWatch.Watched;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What commands see of this machine.
 *
 * @param system the parts that all of them see
 * @param found the tools that were found for commands
 */
record View(
    SandboxSettings settings,
    List<Mount> system,
    EtcFiles etc,
    Homes homes,
    ProgramRoots programs,
    HiddenPlaces hidden,
    SizeWatch sizes,
    Map<Wanted, Found> found) {
  /**
   * What decides about the tools that are shown.
   *
   * @param program the command's program, if it may be shown
   * @param variables those of the avatar
   */
  record Wanted(Optional<Path> program, Map<String, String> variables) {}

  /**
   * The tools that are shown.
   *
   * @param managers variables of tools' managers, to be added
   */
  record Found(List<Mount> mounts, Map<String, String> managers) {}

  /**
   * Looks at the system once.
   *
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE} if files of sandboxes cannot be
   *     written
   */
  static View of(SandboxSettings settings, Homes homes) {
    SandboxFolders folders = settings.folders();
    var hidden = HiddenPlaces.of(folders);
    var system = new ArrayList<>(SystemView.mounts());
    List.copyOf(system).forEach(mount -> system.addAll(covers(mount, hidden)));
    return new View(
        settings,
        List.copyOf(system),
        etc(folders.state().resolve("etc")),
        homes,
        new ProgramRoots(folders.home()),
        hidden,
        new SizeWatch(settings.limits().tree()),
        new ConcurrentHashMap<>());
  }

  private static EtcFiles etc(Path folder) {
    try {
      return EtcFiles.write(folder);
    } catch (IOException e) {
      throw new PortException(
          SANDBOX_UNAVAILABLE, "could not write '" + folder + "': " + e.getMessage(), e);
    }
  }

  /** The HOMEs of sandboxes with some settings. */
  static Homes homes(SandboxSettings settings) {
    SandboxFolders folders = settings.folders();
    return new Homes(
        folders.state().resolve("homes"),
        new Layers(folders.home(), folders.caches()),
        settings.limits().homes(),
        settings.metrics());
  }

  private static List<Mount> covers(Mount mount, HiddenPlaces hidden) {
    return mount instanceof Mount.ReadOnly readable ? hidden.covers(readable) : List.of();
  }

  /**
   * The mounts of a command's sandbox, those to be covered by later ones first.
   *
   * @param layers those of caches that are mounted beside the sandbox; empty if none can be
   */
  List<Mount> mounts(SandboxRequest request, Network network, Optional<List<Layers.Layer>> layers) {
    SandboxSite site = request.site();
    Path home = homes.inside(site);
    var mounts = new ArrayList<>(system);
    mounts.addAll(etc.mounts(home, network));
    OwnPlaces.TMP.forEach(tmp -> mounts.add(new Mount.Memory(tmp, settings.limits().tmp())));
    mounts.addAll(tools(request).mounts());
    mounts.add(new Mount.Writable(homes.home(site), home));
    mounts.add(new Mount.Writable(homes.caches(site.repository()), OwnPlaces.CACHES));
    mounts.addAll(caches(site, layers));
    site.home().ifPresent(own -> mounts.add(new Mount.Writable(own)));
    site.readable().stream()
        .filter(Files::exists)
        .forEach(folder -> mounts.add(new Mount.ReadOnly(folder)));
    mounts.add(new Mount.Writable(site.tree()));
    List<Path> folders = seen(site);
    request.hiddenFolders().stream()
        .flatMap(path -> targets(path, folders))
        .forEach(path -> mounts.add(new Mount.EmptyFolder(path)));
    request.hiddenFiles().stream()
        .flatMap(path -> targets(path, folders))
        .forEach(path -> mounts.add(new Mount.NoFile(path)));
    return site.isReadOnly() ? readable(mounts, site) : mounts;
  }

  /** The same mounts, of which only the process's own HOME and temporary files can be changed. */
  private List<Mount> readable(List<Mount> mounts, SandboxSite site) {
    Set<Path> own = new HashSet<>(Set.of(homes.tmp(site.repository())));
    site.home().ifPresent(own::add);
    return mounts.stream()
        .map(
            mount ->
                mount instanceof Mount.Writable folder && !own.contains(folder.source())
                    ? new Mount.ReadOnly(folder.source(), folder.target())
                    : mount)
        .toList();
  }

  private List<Mount> caches(SandboxSite site, Optional<List<Layers.Layer>> layers) {
    return layers
        .map(
            mounted ->
                mounted.stream().map(layer -> new Mount.Writable(layer.merged(), layer.target())))
        .orElseGet(
            () ->
                homes.layers(site.repository()).stream()
                    .map(layer -> new Mount.Writable(layer.upper(), layer.target())))
        .map(Mount.class::cast)
        .toList();
  }

  /** What a command reaches where nothing can be mounted: the same, where it is. */
  List<Mount> reachable(SandboxRequest request) {
    SandboxSite site = request.site();
    var covered = new HashSet<Path>();
    var mounts = new ArrayList<Mount>();
    Stream.concat(system.stream(), tools(request).mounts().stream())
        .forEach(
            mount -> {
              if (mount instanceof Mount.ReadOnly folder
                  && folder.source().equals(folder.target())) {
                mounts.add(folder);
              } else {
                covered.add(mount.target());
              }
            });
    // What hides a part cannot be had, so the whole stays out of reach.
    mounts.removeIf(mount -> covered.stream().anyMatch(path -> isInside(path, mount.target())));
    mounts.addAll(etc.machines());
    site.readable().forEach(folder -> mounts.add(new Mount.ReadOnly(folder)));
    Stream.of(homes.plain(site), homes.tmp(site.repository()), site.tree())
        .forEach(folder -> mounts.add(new Mount.Writable(folder)));
    return site.isReadOnly() ? readable(mounts, site) : mounts;
  }

  /** The folders that a process may fill, the tree first. */
  List<Watched> watched(SandboxSite site) {
    RepositoryUrl repository = site.repository();
    var watched = new ArrayList<Watched>();
    watched.add(new Watched("its tree is", List.of(site.tree()), () -> {}));
    watched.add(
        new Watched(
            "the HOME and caches of its repository are",
            homes.filled(repository),
            () -> homes.setAside(repository)));
    site.home().ifPresent(home -> watched.add(new Watched("its HOME is", List.of(home), () -> {})));
    return watched;
  }

  /** The variables for a command where nothing can be mounted. */
  Variables plainVariables(SandboxRequest request) {
    SandboxSite site = request.site();
    return new Variables(request.inherited(), homes.plain(site))
        .with(tools(request).managers())
        .with(Map.of("TMPDIR", homes.tmp(site.repository()).toString()));
  }

  /** A plan may have a program shown only if it is on the avatar's own {@code PATH}. */
  private Found tools(SandboxRequest request) {
    Path program = Path.of(request.command().get(0));
    boolean shown =
        request.site().kind() == WorkKind.AGENT || programs.onPath(program, request.inherited());
    var wanted = new Wanted(shown ? Optional.of(program) : Optional.empty(), request.inherited());
    return found.computeIfAbsent(wanted, this::tools);
  }

  private Found tools(Wanted wanted) {
    Map<String, String> managers = programs.managers(wanted.variables());
    var variables = new HashMap<>(wanted.variables());
    variables.putAll(managers);
    List<Path> roots =
        Stream.concat(
                settings.folders().tools().stream().filter(Files::exists),
                programs.roots(wanted.program(), variables).stream()
                    .filter(root -> !hidden.hold(root)))
            .distinct()
            .toList();
    var mounts = new ArrayList<Mount>();
    roots.stream()
        .filter(root -> roots.stream().noneMatch(other -> isInside(root, other)))
        .map(Mount.ReadOnly::new)
        .forEach(mounts::add);
    List.copyOf(mounts).forEach(mount -> mounts.addAll(covers(mount, hidden)));
    roots.stream()
        .flatMap(root -> ClientSettings.secretOnes(root).stream())
        .distinct()
        .forEach(file -> mounts.add(etc.empty(file)));
    return new Found(List.copyOf(mounts), Map.copyOf(managers));
  }

  /** Looks at the tools again for the next command. */
  void forget() {
    found.clear();
  }

  private static boolean isInside(Path path, Path folder) {
    return path.startsWith(folder) && !path.equals(folder);
  }

  private Variables programVariables(SandboxRequest request) {
    SandboxSite site = request.site();
    return new Variables(request.inherited(), site.home().orElseGet(() -> homes.inside(site)))
        .with(tools(request).managers());
  }

  /** The variables that come from the avatar, made fit for the sandbox. */
  Variables variables(SandboxRequest request, Network network) {
    var variables = programVariables(request);
    if (network instanceof Network.Machine) {
      return variables;
    }
    return variables.withoutProxies();
  }

  private static List<Path> seen(SandboxSite site) {
    return Stream.of(Stream.of(site.tree()), site.home().stream(), site.readable().stream())
        .flatMap(folders -> folders)
        .toList();
  }

  /** Where a real path is seen, in folders that are seen by their names. */
  private static Stream<Path> targets(Path real, List<Path> folders) {
    return folders.stream()
        .filter(folder -> real.startsWith(HiddenPlaces.real(folder)))
        .map(folder -> folder.resolve(HiddenPlaces.real(folder).relativize(real)));
  }
}
