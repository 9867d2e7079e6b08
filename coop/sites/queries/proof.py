"""Whether sites and permissions are what was recorded; for `coop ledger verify`, run as the owner."""

from coop.audit.rules import AuditTag, Seal

SITE_SEAL = Seal(
    AuditTag.SITE_RECORDED,
    """SELECT jsonb_build_array(s.code, s.version, s.name, s.name_hi, s.village, s.block, s.district_lgd, s.state_lgd,
              s.lat_thousandths, s.lon_thousandths, s.precision_metres, s.land_status, s.collection_allowed, s.cleared_until,
              s.visited_on, s.remarks, s.recorded_as,
              (SELECT array_agg(h.kind ORDER BY h.kind COLLATE "C") FROM site_hazard h WHERE h.site_id = s.id))::text
       FROM site s WHERE s.code = split_part($2, '/', 1) AND s.version::text = split_part($2, '/', 2) AND $1::bigint IS NULL""",
)
PERMISSION_SEAL = Seal(
    AuditTag.SITE_PERMISSION_RECORDED,
    """SELECT jsonb_build_array(p.site_code, p.reference, p.issued_by, p.valid_from, p.valid_to, p.recorded_as, p.operation_id,
              encode(p.content_sha256, 'hex'))::text
       FROM site_permission p WHERE p.id::text = $2 AND $1::bigint IS NULL""",
)
FAULTS = {
    "version of a site without its audit entry": """
        SELECT format('%s/%s', s.code, s.version) FROM site s WHERE NOT EXISTS (
          SELECT FROM audit_entry a WHERE a.tag = 'site:recorded' AND a.chain = 'AGENCY' AND (
            a.about_row = s.code || '/' || s.version
            OR (a.about_row = s.code AND a.facts LIKE format('%%"version":%s}', s.version)))) LIMIT 1""",
    "permission of a site without its audit entry": """
        SELECT format('%s %s', p.site_code, p.reference) FROM site_permission p WHERE NOT EXISTS (
          SELECT FROM audit_entry a WHERE a.tag = 'site_permission:recorded' AND a.chain = 'AGENCY' AND a.about_row = p.id::text) LIMIT 1""",
}
