package io.numa.avatar.nats.internal.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which servers are trusted: those whose certificate is good and names the host. */
final class Trust {
  private Trust() {}

  /**
   * @param caFile certificate authorities in PEM, in addition to Java's
   */
  static SSLContext context(Optional<Path> caFile) throws IOException {
    try {
      List<Certificate> own = caFile.isPresent() ? read(caFile.get()) : List.of();
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new HostnameTrust(manager(own))}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate authorities cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Certificate> read(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> own =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (own.isEmpty()) {
        throw new IOException("the file " + pem + " holds no certificate");
      }
      return new ArrayList<>(own);
    } catch (IOException e) {
      throw new IOException("the file " + pem + " of certificates cannot be read", e);
    }
  }

  private static X509ExtendedTrustManager manager(List<Certificate> own)
      throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int count = 0;
    for (Certificate one : own) {
      all.setCertificateEntry("own-" + count++, one);
    }
    for (X509Certificate one : usual(null).getAcceptedIssuers()) {
      all.setCertificateEntry("usual-" + count++, one);
    }
    return usual(all);
  }

  /** The trust manager of a key store; Java's own for null. */
  private static X509ExtendedTrustManager usual(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("this Java trusts no certificates"));
  }
}
