/**
 * The operator's settings for the Git adapter: access, credentials, identity, signing, features and
 * caches.
 *
 * <p>Runners build these values and the adapter reads them. Begin with {@link
 * io.numa.avatar.git.settings.GitSettings}.
 */
@NullMarked
package io.numa.avatar.git.settings;

import org.jspecify.annotations.NullMarked;
