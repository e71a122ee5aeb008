package io.numa.avatar.git.settings;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * Signs as {@code ssh-keygen -Y sign -n git} does, in the format of OpenSSH's PROTOCOL.sshsig.
 * JGit's own signer would use the user's agent, and search for other keys than the configured one.
 */
final class SshCommitSigner implements CommitSigner {
  private static final byte[] MAGIC = "SSHSIG".getBytes(US_ASCII);
  private static final int VERSION = 1;
  private static final String NAMESPACE = "git";
  private static final String HASH = "sha512";

  /** OpenSSH's line length. */
  private static final int LINE_LENGTH = 70;

  private final KeyPair key;
  private final BuiltinSignatures algorithm;

  private SshCommitSigner(KeyPair key, BuiltinSignatures algorithm) {
    this.key = key;
    this.algorithm = algorithm;
  }

  /** Reads a private key in OpenSSH's own format or as PEM. */
  static CommitSigner of(byte[] file, Optional<Secret> passphrase) throws SigningKeyException {
    KeyPair key = load(file, passphrase);
    var signer = new SshCommitSigner(key, algorithm(key));
    signer.sign(MAGIC, Instant.EPOCH); // some keys fail only on first use
    return signer;
  }

  private static KeyPair load(byte[] file, Optional<Secret> passphrase) throws SigningKeyException {
    try {
      Iterable<KeyPair> keys =
          SecurityUtils.loadKeyPairIdentities(
              null,
              NamedResource.ofName("signing key"),
              new ByteArrayInputStream(file),
              passphrase.map(Secret::reveal).map(FilePasswordProvider::of).orElse(null));
      Iterator<KeyPair> all = keys == null ? null : keys.iterator();
      if (all == null || !all.hasNext()) {
        throw new SigningKeyException(
            "it holds no private SSH key; see git.signing_key and git.signing_format", null);
      }
      return all.next();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // The library's messages may quote the file's content.
      throw new SigningKeyException(
          passphrase.isPresent()
              ? "it is no private SSH key, or git.signing_passphrase is wrong"
              : "it is no private SSH key, or needs git.signing_passphrase",
          null);
    }
  }

  private static BuiltinSignatures algorithm(KeyPair key) throws SigningKeyException {
    String type = String.valueOf(KeyUtils.getKeyType(key));
    return switch (type) {
      case KeyPairProvider.SSH_RSA -> BuiltinSignatures.rsaSHA512;
      case KeyPairProvider.SSH_ED25519 -> BuiltinSignatures.ed25519;
      case "ecdsa-sha2-nistp256" -> BuiltinSignatures.nistp256;
      case "ecdsa-sha2-nistp384" -> BuiltinSignatures.nistp384;
      case "ecdsa-sha2-nistp521" -> BuiltinSignatures.nistp521;
      default ->
          throw new SigningKeyException(
              "keys of type '" + type + "' are not used; take ed25519, ecdsa or rsa", null);
    };
  }

  @Override
  public byte[] sign(byte[] commit, Instant at) throws SigningKeyException {
    try {
      var toSign = new ByteArrayBuffer();
      toSign.putRawBytes(MAGIC);
      putContext(toSign);
      toSign.putBytes(MessageDigest.getInstance("SHA-512").digest(commit));
      var signature = new ByteArrayBuffer();
      signature.putRawBytes(MAGIC);
      signature.putUInt(VERSION);
      var publicKey = new ByteArrayBuffer();
      publicKey.putRawPublicKey(key.getPublic());
      signature.putBytes(publicKey.getCompactData());
      putContext(signature);
      signature.putBytes(signed(toSign.getCompactData()));
      return armoured(signature.getCompactData());
    } catch (Exception e) { // the library declares Exception
      throw new SigningKeyException("signing failed with " + e.getClass().getSimpleName(), e);
    }
  }

  /** Writes the namespace, the reserved field, and the name of the hash. */
  private static void putContext(Buffer buffer) {
    buffer.putString(NAMESPACE);
    buffer.putString("");
    buffer.putString(HASH);
  }

  private byte[] signed(byte[] data) throws Exception {
    Signature signer = algorithm.create();
    signer.initSigner(null, key.getPrivate());
    signer.update(null, data);
    var signed = new ByteArrayBuffer();
    signed.putString(algorithm.getName());
    signed.putBytes(signer.sign(null));
    return signed.getCompactData();
  }

  private static byte[] armoured(byte[] signature) {
    String lines = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(signature);
    return ("-----BEGIN SSH SIGNATURE-----\n" + lines + "\n-----END SSH SIGNATURE-----\n")
        .getBytes(UTF_8);
  }
}
