package io.numa.avatar.process.sandbox.home;

import static io.numa.avatar.task.FailureKind.UNAVAILABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.process.sandbox.settings.OwnPlaces;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Timers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HOME and the caches of packages of each repository, kept between tasks. Agents have a HOME of
 * their own, and share the caches.
 *
 * <p>Processes of a sandbox may change all of it at any moment, so a path in a HOME must never be
 * the source or the place of a mount: the caches are beside the HOME, and links in it lead to them.
 */
public final class Homes {
  private static final Logger log = LoggerFactory.getLogger(Homes.class);

  /** For folders that only the avatar's user may enter. */
  public static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** The folders of package clients in HOME, and the names of the caches that they lead to. */
  private static final Map<Path, String> CACHES =
      Map.of(
          Path.of(".m2/repository"), "maven",
          Path.of(".npm"), "npm",
          Path.of(".cache"), "cache",
          Path.of(".cargo/registry"), "cargo",
          Path.of(".gradle/caches"), "gradle",
          Path.of(".gradle/wrapper"), "gradle-wrapper",
          Path.of("go/pkg"), "go");

  private static final int NAME_BYTES = 16;
  private static final int REMEMBERED = 1000;

  private final Path folder;
  private final Layers layers;
  private final LayerSlots slots;
  private final UnusedFolders unused;
  private final HomeBudget budget;
  private final RestedWork tidying =
      new RestedWork(this::tidyNow, Timers.daemon("avatar-sandbox-homes"), TimeSource.SYSTEM);

  /** The HOMEs that were prepared lately. */
  private final Map<Path, PreparedHome> prepared =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Path, PreparedHome> eldest) {
              return size() > REMEMBERED;
            }
          });

  /**
   * @param folder where they are kept; on one file system with the HOMEs of agents
   * @param most bytes of all of them together
   * @param metrics are told how much space they take, and how much was freed
   */
  public Homes(Path folder, Layers layers, long most, Metrics metrics) {
    this.folder = folder;
    this.layers = layers;
    this.slots = new LayerSlots(folder.resolve("locks"), layers);
    var folders = new RepositoryFolders(folder);
    this.budget = new HomeBudget(folders, most, metrics);
    this.unused = new UnusedFolders(folders, TimeSource.SYSTEM.clock());
  }

  /** Where the HOME of a site is seen: it must cover neither the operator's nor the site. */
  public Path inside(SandboxSite site) {
    Path first = OwnPlaces.HOMES.get(0);
    boolean free =
        !layers.home().startsWith(first)
            && !site.tree().startsWith(first)
            && site.home().stream().noneMatch(home -> home.startsWith(first))
            && site.readable().stream().noneMatch(readable -> readable.startsWith(first));
    return free ? first : OwnPlaces.HOMES.get(1);
  }

  /** The HOME of a site on this machine. */
  public Path home(SandboxSite site) {
    return site.home().orElseGet(() -> of(site.repository()).resolve("home"));
  }

  /** The HOME of a site where paths are seen where they are: the caches are in it. */
  public Path plain(SandboxSite site) {
    return site.home().orElseGet(() -> of(site.repository()).resolve("plain"));
  }

  /** The folder for temporary files of a repository where {@code /tmp} is the machine's. */
  public Path tmp(RepositoryUrl repository) {
    return of(repository).resolve("tmp");
  }

  /** Makes what {@link #plain} and {@link #tmp} name, as far as it is missing. */
  public void preparePlain(SandboxSite site) {
    prepare(
        site,
        () -> PrivateFolder.make(tmp(site.repository())),
        () -> PrivateFolder.make(plain(site)));
  }

  public Path caches(RepositoryUrl repository) {
    return of(repository).resolve("caches");
  }

  /** The folders in place of layers where none can be mounted, for all sandboxes at once. */
  public List<Layers.Layer> layers(RepositoryUrl repository) {
    return layers.of(of(repository), 1);
  }

  /** Layers that no other sandbox has mounted. */
  public LayerSlots.Slot takeLayers(RepositoryUrl repository) {
    return slots.take(of(repository));
  }

  /** All that processes fill and that stays for the next task of a repository. */
  public List<Path> filled(RepositoryUrl repository) {
    return FilledFolders.of(of(repository), layers);
  }

  private Map<Path, Path> links() {
    var links = new HashMap<Path, Path>();
    CACHES.forEach((path, name) -> links.put(path, OwnPlaces.CACHES.resolve(name)));
    links.putAll(layers.links());
    return links;
  }

  private Path workshop() {
    return folder.resolve("new");
  }

  /**
   * Makes the HOME of a site and the caches, as far as they are missing, and writes files into
   * HOME.
   *
   * @param files their content by their paths relative to HOME
   */
  public void prepare(SandboxSite site, Map<Path, String> files) {
    prepare(site, () -> makeCaches(site.repository()), () -> fill(home(site), files));
  }

  /** What makes folders, as far as they are missing. */
  private interface Preparation {
    void run() throws IOException;
  }

  private void prepare(SandboxSite site, Preparation shared, Preparation home) {
    try {
      if (site.home().isPresent()) {
        orAnew(site.repository(), shared);
        home.run();
      } else {
        orAnew(
            site.repository(),
            () -> {
              shared.run();
              home.run();
            });
      }
    } catch (IOException e) {
      throw new PortException(
          UNAVAILABLE, "could not prepare the HOME of a sandbox: " + e.getMessage(), e);
    }
  }

  /** A process may have made folders unusable for all later tasks, so that they begin anew then. */
  private void orAnew(RepositoryUrl repository, Preparation preparation) throws IOException {
    used(repository);
    try {
      preparation.run();
    } catch (IOException e) {
      log.warn("The HOME of '{}' begins anew: {}", repository, e.getMessage());
      setAside(repository);
      used(repository);
      preparation.run();
    }
  }

  /**
   * Begins anew. The old one is not removed now, as its processes may still run, and lead the
   * removal elsewhere. It stays if the disk can take no new file, as that is the reason then.
   */
  public void setAside(RepositoryUrl repository) throws IOException {
    PrivateFolder.make(workshop());
    Files.delete(Files.writeString(workshop().resolve(UUID.randomUUID().toString()), "x"));
    Files.move(of(repository), RepositoryFolders.aside(of(repository)));
  }

  private void makeCaches(RepositoryUrl repository) throws IOException {
    Path caches = caches(repository);
    PrivateFolder.make(caches);
    for (String name : CACHES.values()) {
      PrivateFolder.make(caches.resolve(name));
    }
    for (Layers.Layer layer : layers(repository)) {
      layer.make();
    }
  }

  private void fill(Path home, Map<Path, String> files) throws IOException {
    PrivateFolder.make(workshop());
    PrivateFolder.make(home);
    PreparedHome before = prepared.get(home);
    if (before != null && before.stands(home, files)) {
      return;
    }
    try (var guarded = new GuardedFolder(home, workshop())) {
      for (Map.Entry<Path, Path> link : links().entrySet()) {
        guarded.link(link.getKey(), link.getValue());
      }
      for (Map.Entry<Path, String> file : files.entrySet()) {
        guarded.write(file.getKey(), file.getValue());
      }
    }
    prepared.put(home, PreparedHome.of(home, files));
  }

  private void used(RepositoryUrl repository) throws IOException {
    PrivateFolder.make(of(repository));
    unused.use(of(repository));
  }

  /** Keeps what a repository has from being removed, until it is released as often. */
  public void use(RepositoryUrl repository) {
    try {
      budget.use(of(repository));
    } catch (IOException e) {
      throw new PortException(
          UNAVAILABLE, "could not use the HOME of a sandbox: " + e.getMessage(), e);
    }
  }

  /** See {@link #use}. */
  public void release(RepositoryUrl repository) {
    try {
      budget.release(of(repository));
    } catch (IOException e) {
      log.warn("Could not release the HOME of '{}': {}", repository, e.getMessage());
    }
  }

  /**
   * Removes what no sandbox has used for a month, and what is too large; later, and not more often
   * than it takes one twentieth of the time, as it measures all that was used meanwhile.
   */
  public void tidy() {
    tidying.ask();
  }

  private void tidyNow() {
    unused.remove();
    budget.enforce();
  }

  private Path of(RepositoryUrl repository) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(repository.value().getBytes(UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash, 0, NAME_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
