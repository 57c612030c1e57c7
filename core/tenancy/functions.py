"""Functions of the databases that a company's statements may call.

Each computes from its arguments alone. Others could run SQL that stands in a string, read
files, or change the settings by which the database itself keeps companies apart.
"""

from __future__ import annotations

_NUMBERS = """
    abs ceil ceiling degrees div exp floor greatest gcd lcm least ln log log10 log2 max min mod pi
    power radians random round scale sign sqrt trunc width_bucket
"""
_TEXTS = """
    ascii bit_length btrim char char_length character_length chr concat concat_ws format glob hex
    initcap instr left length like lower lpad ltrim md5 normalize octet_length overlay position
    printf quote regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace
    regexp_split_to_array regexp_substr repeat replace reverse right rpad rtrim sha256 similarity
    soundex split_part starts_with strict_word_similarity string_to_array strpos substr substring
    to_char to_hex to_number translate trim unaccent unicode upper word_similarity
"""
_DATES = """
    age clock_timestamp current_date current_time current_timestamp date date_add date_bin
    date_part date_subtract date_trunc datetime isfinite julianday justify_days justify_hours
    justify_interval localtime localtimestamp make_date make_interval make_time make_timestamp
    make_timestamptz now statement_timestamp strftime time timediff timezone to_date to_timestamp
    transaction_timestamp unixepoch
"""
_SAMPLES = "bernoulli system"
_CHOICES = "coalesce if ifnull iif nullif num_nonnulls num_nulls typeof"
_AGGREGATES = """
    aggregate_strings any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count
    covar_pop covar_samp every group_concat json_agg json_group_array json_group_object
    json_object_agg jsonb_agg jsonb_object_agg median mode percentile percentile_cont
    percentile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx
    regr_sxy regr_syy stddev stddev_pop stddev_samp string_agg sum total var_pop var_samp variance
"""
_WINDOWS = """
    cube cume_dist dense_rank first_value grouping grouping_sets lag last_value lead nth_value
    ntile percent_rank rank rollup row_number
"""
_STRUCTURES = """
    array array_append array_cat array_length array_position array_positions array_prepend
    array_remove array_replace array_to_string cardinality generate_series generate_subscripts
    json json_array json_array_elements json_array_elements_text json_array_length
    json_build_array json_build_object json_each json_each_text json_extract json_extract_path
    json_extract_path_text json_insert json_object json_object_keys json_patch json_remove
    json_replace json_set json_strip_nulls json_tree json_type json_typeof json_valid jsonb_array
    jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array
    jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text
    jsonb_insert jsonb_object jsonb_object_keys jsonb_path_exists jsonb_path_match
    jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_set jsonb_strip_nulls
    jsonb_typeof row_to_json to_json to_jsonb unnest
"""
_SEARCH = """
    bm25 highlight phraseto_tsquery plainto_tsquery setweight snippet to_tsquery to_tsvector
    ts_headline ts_rank ts_rank_cd tsquery_phrase websearch_to_tsquery
"""

KNOWN = frozenset(
    " ".join(
        (
            _NUMBERS,
            _TEXTS,
            _DATES,
            _SAMPLES,
            _CHOICES,
            _AGGREGATES,
            _WINDOWS,
            _STRUCTURES,
            _SEARCH,
        )
    ).split()
)
