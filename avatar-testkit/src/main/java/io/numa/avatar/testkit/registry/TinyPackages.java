package io.numa.avatar.testkit.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Puts a tiny package of each kind, in version 1.0.0, into a registry. */
public final class TinyPackages {
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";
  private static final String TEXT = "text/plain";

  private TinyPackages() {}

  /** An npm package whose metadata names its tarball by an absolute address. */
  public static void npm(RegistryDouble registry, String base, String name) {
    npm(registry, base, name, registry.url() + base + name + "/-/hello-1.0.0.tgz");
    registry.put(base + name + "/-/hello-1.0.0.tgz", BYTES, npmTarball(name));
  }

  /** The metadata alone. A name with a scope is asked for with an encoded slash. */
  public static void npm(RegistryDouble registry, String base, String name, String tarball) {
    registry.put(
        base + name.replace("/", "%2f"),
        JSON,
        """
        {"name": "NAME", "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": {
          "name": "NAME", "version": "1.0.0",
          "dist": {"tarball": "TARBALL", "integrity": "sha512-SUM"}}}}
        """
            .replace("NAME", name)
            .replace("TARBALL", tarball)
            .replace("SUM", Base64.getEncoder().encodeToString(hash("SHA-512", npmTarball(name)))));
  }

  public static byte[] npmTarball(String name) {
    return Archives.tarGz(
        Map.of("package/package.json", "{\"name\": \"" + name + "\", \"version\": \"1.0.0\"}"));
  }

  /** A Maven project of packaging {@code pom}. */
  public static void maven(RegistryDouble registry, String base, String group, String artifact) {
    String path =
        base + group.replace('.', '/') + "/" + artifact + "/1.0.0/" + artifact + "-1.0.0.pom";
    String pom =
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>GROUP</groupId>
        <artifactId>ARTIFACT</artifactId><version>1.0.0</version><packaging>pom</packaging></project>
        """
            .replace("GROUP", group)
            .replace("ARTIFACT", artifact);
    registry.put(path, "text/xml", pom);
    registry.put(
        path + ".sha1", TEXT, HexFormat.of().formatHex(hash("SHA-1", pom.getBytes(UTF_8))));
  }

  /** The wheel of a Python project. */
  public static byte[] wheel(String name) {
    String info = name + "-1.0.0.dist-info/";
    Map<String, String> files = new TreeMap<>();
    files.put(name + ".py", "");
    files.put(info + "METADATA", "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.0.0\n");
    files.put(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "RECORD", name + ".py,,\n");
    return Archives.zip(files);
  }

  public static String wheelName(String name) {
    return name + "-1.0.0-py3-none-any.whl";
  }

  /**
   * The page of a Python project with one wheel.
   *
   * @param file the link to the wheel
   */
  public static void pypi(RegistryDouble registry, String simple, String name, String file) {
    String sum = HexFormat.of().formatHex(hash("SHA-256", wheel(name)));
    registry.put(
        simple + name + "/",
        "text/html",
        "<!DOCTYPE html><html><body><a href=\"FILE#sha256=SUM\" data-requires-python=\"&gt;=3\">WHEEL</a></body></html>"
            .replace("FILE", file)
            .replace("SUM", sum)
            .replace("WHEEL", wheelName(name)));
  }

  /** A Go module without code. */
  public static void go(RegistryDouble registry, String base, String module) {
    String at = base + module + "/@v/";
    String mod = "module " + module + "\n\ngo 1.19\n";
    registry.put(at + "list", TEXT, "v1.0.0\n");
    registry.put(at + "v1.0.0.info", JSON, "{\"Version\": \"v1.0.0\"}");
    registry.put(at + "v1.0.0.mod", TEXT, mod);
    registry.put(at + "v1.0.0.zip", "application/zip", goZip(module));
  }

  public static byte[] goZip(String module) {
    return Archives.zip(goFiles(module, "module " + module + "\n\ngo 1.19\n"));
  }

  private static Map<String, String> goFiles(String module, String mod) {
    String folder = module + "@v1.0.0/";
    return new TreeMap<>(Map.of(folder + "go.mod", mod, folder + "hello.go", "package hello\n"));
  }

  /** The sum of a Go module, as in {@code go.sum} (golang.org/x/mod/sumdb/dirhash). */
  public static String goSum(String module) {
    String mod = "module " + module + "\n\ngo 1.19\n";
    var lines = new StringBuilder();
    goFiles(module, mod).forEach((name, text) -> lines.append(goLine(name, text)));
    return goHash(lines.toString());
  }

  /** The sum of a Go module's {@code go.mod}. */
  public static String goModSum(String module) {
    return goHash(goLine("go.mod", "module " + module + "\n\ngo 1.19\n"));
  }

  private static String goLine(String name, String text) {
    return HexFormat.of().formatHex(hash("SHA-256", text.getBytes(UTF_8))) + "  " + name + "\n";
  }

  private static String goHash(String lines) {
    return "h1:" + Base64.getEncoder().encodeToString(hash("SHA-256", lines.getBytes(UTF_8)));
  }

  /**
   * A sparse Cargo index with one crate, whose name has four letters or more.
   *
   * @param downloads the folder that the index names, at any server
   */
  public static void cargo(RegistryDouble registry, String base, String name, String downloads) {
    registry.put(
        base + "config.json",
        JSON,
        "{\"dl\": \""
            + downloads
            + "\", \"api\": \""
            + registry.url()
            + "\", \"auth-required\": true}");
    registry.put(
        base + name.substring(0, 2) + "/" + name.substring(2, 4) + "/" + name,
        TEXT,
        "{\"name\":\"NAME\",\"vers\":\"1.0.0\",\"deps\":[],\"cksum\":\"SUM\",\"features\":{},\"yanked\":false}\n"
            .replace("NAME", name)
            .replace("SUM", HexFormat.of().formatHex(hash("SHA-256", crate(name)))));
  }

  public static byte[] crate(String name) {
    String folder = name + "-1.0.0/";
    return Archives.tarGz(
        new TreeMap<>(
            Map.of(
                folder + "Cargo.toml",
                "[package]\nname = \"" + name + "\"\nversion = \"1.0.0\"\nedition = \"2021\"\n",
                folder + "src/lib.rs",
                "")));
  }

  private static byte[] hash(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
