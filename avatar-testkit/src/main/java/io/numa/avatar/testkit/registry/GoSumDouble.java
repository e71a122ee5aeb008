package io.numa.avatar.testkit.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A signed database of Go's checksums with one module (golang.org/design/25530-sumdb). */
public final class GoSumDouble {
  private static final String TEXT = "text/plain";
  private static final byte ED25519 = 1;
  private static final int KEY_LENGTH = 32;

  private GoSumDouble() {}

  /**
   * Puts the database into a server, for the module of {@link TinyPackages#go}.
   *
   * @param name the database's name
   * @return the name and key as in {@code GOSUMDB}
   */
  public static String put(RegistryDouble server, String name, String module) {
    try {
      KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] key = key(keys);
      byte[] id = Arrays.copyOf(hash((name + "\n").getBytes(UTF_8), key), 4);
      String text =
          module
              + " v1.0.0 "
              + TinyPackages.goSum(module)
              + "\n"
              + module
              + " v1.0.0/go.mod "
              + TinyPackages.goModSum(module)
              + "\n";
      byte[] root = hash(new byte[] {0}, text.getBytes(UTF_8));
      String tree = "go.sum database tree\n1\n" + base64(root) + "\n";
      String signed = tree + "\n\u2014 " + name + " " + base64(joined(id, sign(keys, tree))) + "\n";
      server.put("/lookup/" + module + "@v1.0.0", TEXT, "0\n" + text + "\n" + signed);
      server.put("/latest", TEXT, signed);
      server.put("/tile/8/0/000.p/1", "application/octet-stream", root);
      return name + "+" + HexFormat.of().formatHex(id) + "+" + base64(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 17 has Ed25519 and SHA-256", e);
    }
  }

  /** The kind of the key and the public key, which is the end of its X.509 form. */
  private static byte[] key(KeyPair keys) {
    byte[] encoded = keys.getPublic().getEncoded();
    byte[] bare = Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
    return joined(new byte[] {ED25519}, bare);
  }

  private static byte[] sign(KeyPair keys, String text) throws GeneralSecurityException {
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(text.getBytes(UTF_8));
    return signature.sign();
  }

  private static byte[] hash(byte[] one, byte[] other) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(joined(one, other));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(one);
    bytes.writeBytes(other);
    return bytes.toByteArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
