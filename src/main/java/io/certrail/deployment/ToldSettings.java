package io.certrail.deployment;

import io.certrail.config.Setting;
import io.certrail.event.NamedValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings in force, as {@code audit.config} tells them: whole. A value that is longer than a detail is told in pieces,
 * {@code key}, {@code key.2} and so on, which end behind a comma where there is one: no name of a list is in two of them.
 */
final class ToldSettings {
    private ToldSettings() {}

    static List<NamedValue> of(List<Setting> settings) {
        List<NamedValue> details = new ArrayList<>();
        for (Setting setting : settings) {
            String key = setting.key().key();
            List<String> pieces = pieces(setting.value());
            for (int i = 0; i < pieces.size(); i++) {
                details.add(new NamedValue(i == 0 ? key : key + "." + (i + 1), pieces.get(i)));
            }
            details.add(new NamedValue(key + ".source", setting.source()));
        }
        return details;
    }

    private static List<String> pieces(String value) {
        List<String> pieces = new ArrayList<>();
        int begin = 0;
        while (value.length() - begin > NamedValue.MAX_VALUE) {
            int end = end(value, begin);
            pieces.add(value.substring(begin, end));
            begin = end;
        }
        pieces.add(value.substring(begin));
        return pieces;
    }

    private static int end(String value, int begin) {
        int most = begin + NamedValue.MAX_VALUE;
        int comma = value.lastIndexOf(',', most - 1);
        if (comma >= begin) {
            return comma + 1;
        }
        return Character.isHighSurrogate(value.charAt(most - 1)) ? most - 1 : most;
    }
}
