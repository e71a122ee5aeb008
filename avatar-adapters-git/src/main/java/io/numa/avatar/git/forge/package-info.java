/**
 * Change requests at the services that host repositories. Nothing of the HTTP client, of JSON or of
 * a service's own words for things is seen outside.
 */
@NullMarked
package io.numa.avatar.git.forge;

import org.jspecify.annotations.NullMarked;
