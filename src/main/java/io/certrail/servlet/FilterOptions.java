package io.certrail.servlet;

import java.util.List;

/**
 * What the filter looks for.
 *
 * @param roles roles of the application about which it asks ({@code isUserInRole}): {@code user.roles} of a record are
 *     those of them that the user has. The servlet API cannot list a user's roles. At most {@value #MAX_ROLES}
 */
public record FilterOptions(List<String> roles) {
    /** Most roles asked about, as each costs a question to the container. */
    public static final int MAX_ROLES = 32;
    /** Certrail's own roles. */
    public static final FilterOptions DEFAULT = new FilterOptions(List.of("reporter", "auditor"));

    private static final int MAX_LENGTH = 128;

    public FilterOptions {
        roles = roles.stream().distinct().toList();
        if (roles.size() > MAX_ROLES) {
            throw new IllegalArgumentException("roles: expected at most " + MAX_ROLES + ", got " + roles.size());
        }
        for (String role : roles) {
            if (role.isBlank() || role.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("roles: expected names of 1 to " + MAX_LENGTH + " characters");
            }
        }
    }
}
