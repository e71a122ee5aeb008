package io.numa.avatar.git.settings;

import io.numa.avatar.port.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/**
 * Signs as {@code gpg --detach-sign --armor} does, with a key exported by {@code gpg
 * --export-secret-keys}.
 */
final class OpenPgpCommitSigner implements CommitSigner {
  private final PGPPublicKey publicKey;
  private final PGPPrivateKey privateKey;

  private OpenPgpCommitSigner(PGPPublicKey publicKey, PGPPrivateKey privateKey) {
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  /** Reads a secret key, armoured or not. */
  static CommitSigner of(byte[] file, Optional<Secret> passphrase, Instant now)
      throws SigningKeyException {
    PGPSecretKey key = choose(file, now);
    char[] text = passphrase.map(Secret::reveal).orElse("").toCharArray();
    try {
      var opener = new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider());
      PGPPrivateKey opened = key.extractPrivateKey(opener.build(text));
      return new OpenPgpCommitSigner(key.getPublicKey(), opened);
    } catch (PGPException | RuntimeException e) {
      throw new SigningKeyException(
          passphrase.isPresent()
              ? "git.signing_passphrase does not open it"
              : "it needs git.signing_passphrase",
          e);
    }
  }

  /**
   * Chooses as gpg does: the newest key in the file that may sign; the main key only if there is no
   * other.
   */
  private static PGPSecretKey choose(byte[] file, Instant now) throws SigningKeyException {
    return keys(file)
        .filter(key -> maySign(key, now))
        .max(
            Comparator.comparing((PGPSecretKey key) -> !key.isMasterKey())
                .thenComparing(key -> key.getPublicKey().getCreationTime().toInstant()))
        .orElseThrow(
            () ->
                new SigningKeyException(
                    "it holds no secret OpenPGP key that may sign and is neither revoked nor expired;"
                        + " export one with gpg --armor --export-secret-keys",
                    null));
  }

  private static Stream<PGPSecretKey> keys(byte[] file) throws SigningKeyException {
    try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(file))) {
      var rings = new PGPSecretKeyRingCollection(in, new BcKeyFingerprintCalculator());
      return StreamSupport.stream(rings.spliterator(), false)
          .filter(ring -> !ring.getPublicKey().hasRevocation())
          .flatMap(ring -> StreamSupport.stream(ring.spliterator(), false));
    } catch (IOException | PGPException | RuntimeException e) {
      throw new SigningKeyException(
          "it is no secret OpenPGP key; see git.signing_key and git.signing_format", e);
    }
  }

  private static boolean maySign(PGPSecretKey key, Instant now) {
    PGPPublicKey open = key.getPublicKey();
    int flags = flags(open);
    return key.isSigningKey()
        && !key.isPrivateKeyEmpty()
        && !open.hasRevocation()
        && !isExpired(open, now)
        && (flags == 0 || (flags & KeyFlags.SIGN_DATA) != 0);
  }

  /** The key flags of the newest signature that has flags; 0 if there is none. */
  private static int flags(PGPPublicKey key) {
    int flags = 0;
    Instant newest = Instant.MIN;
    for (var all = key.getSignatures(); all.hasNext(); ) {
      PGPSignature one = all.next();
      var facts = one.getHashedSubPackets();
      if (facts != null && facts.getKeyFlags() != 0) {
        Instant made = one.getCreationTime().toInstant();
        flags = made.isBefore(newest) ? flags : facts.getKeyFlags();
        newest = made.isBefore(newest) ? newest : made;
      }
    }
    return flags;
  }

  private static boolean isExpired(PGPPublicKey key, Instant now) {
    long seconds = key.getValidSeconds();
    return seconds > 0 && key.getCreationTime().toInstant().plusSeconds(seconds).isBefore(now);
  }

  @Override
  public byte[] sign(byte[] commit, Instant at) throws SigningKeyException {
    try {
      var generator =
          new PGPSignatureGenerator(
              new BcPGPContentSignerBuilder(publicKey.getAlgorithm(), HashAlgorithmTags.SHA512),
              publicKey);
      generator.init(PGPSignature.BINARY_DOCUMENT, privateKey);
      var facts = new PGPSignatureSubpacketGenerator();
      facts.setSignatureCreationTime(false, Date.from(at));
      facts.setIssuerFingerprint(false, publicKey);
      generator.setHashedSubpackets(facts.generate());
      generator.update(commit);
      return armoured(generator.generate());
    } catch (PGPException | IOException | RuntimeException e) {
      throw new SigningKeyException("signing failed: " + e.getMessage(), e);
    }
  }

  private static byte[] armoured(PGPSignature signature) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var armour = ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
      signature.encode(armour);
    }
    return bytes.toByteArray();
  }
}
