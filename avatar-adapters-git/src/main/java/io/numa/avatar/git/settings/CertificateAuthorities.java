package io.numa.avatar.git.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities of a PEM file, trusted in addition to those of the JDK. */
public final class CertificateAuthorities {
  private final Path file;
  private final SSLSocketFactory sockets;
  private final X509TrustManager trust;

  private CertificateAuthorities(Path file, SSLSocketFactory sockets, X509TrustManager trust) {
    this.file = file;
    this.sockets = sockets;
    this.trust = trust;
  }

  /**
   * Reads the file once; later changes of the file have no effect.
   *
   * @throws IOException if the file cannot be read, or holds no certificate
   */
  public static CertificateAuthorities read(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> own =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (own.isEmpty()) {
        throw new IOException("it holds no certificate");
      }
      X509TrustManager trust = trust(own);
      return new CertificateAuthorities(pem, sockets(trust), trust);
    } catch (GeneralSecurityException e) {
      throw new IOException("it holds no certificates in PEM that can be read", e);
    }
  }

  private static X509TrustManager trust(Collection<? extends Certificate> own)
      throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int count = 0;
    for (Certificate one : own) {
      all.setCertificateEntry("own-" + count++, one);
    }
    for (X509TrustManager usual : managers(null)) {
      for (X509Certificate one : usual.getAcceptedIssuers()) {
        all.setCertificateEntry("usual-" + count++, one);
      }
    }
    return managers(all).stream()
        .findFirst()
        .orElseThrow(() -> new IOException("this Java trusts no certificates"));
  }

  private static SSLSocketFactory sockets(X509TrustManager trust) throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {trust}, null);
    return new LingeringSockets(context.getSocketFactory());
  }

  /** The trust managers of a key store; those of the JDK for null. */
  private static List<X509TrustManager> managers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .toList();
  }

  /** A factory of connections that trust these authorities. */
  public SSLSocketFactory sockets() {
    return sockets;
  }

  /** The trust manager that these connections use. */
  public X509TrustManager trust() {
    return trust;
  }

  @Override
  public String toString() {
    return "CertificateAuthorities[" + file + "]";
  }
}
