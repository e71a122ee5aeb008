/**
 * Where a backend is and how to talk to it. Begin with {@link
 * io.numa.avatar.backend.settings.BackendSettings}.
 */
@NullMarked
package io.numa.avatar.backend.settings;

import org.jspecify.annotations.NullMarked;
